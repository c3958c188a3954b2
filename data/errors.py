"""The one exception of input that cannot be used."""


class InputError(Exception):
    """Input that a person must mend; the message says what must hold, what came, what to do.

    The command line turns it into exit code 65.
    """
