"""Tunes weights by hand, beside what they would change tonight and what the past says of them."""

import marimo

app = marimo.App(width="full", app_title="briefmatch: weights")


@app.cell
def imports():
    from datetime import date
    from pathlib import Path

    import marimo as mo

    from evaluation import tuning
    from evaluation.curves import curve

    return Path, curve, date, mo, tuning


@app.cell
def chosen_runs(Path, mo):
    runs = Path(mo.cli_args().get("runs") or "runs")
    return (runs,)


@app.cell
def read(mo, runs, tuning):
    mo.stop(
        not (runs / "current" / "manifest.json").is_file(),
        mo.md(f"`{runs}` must hold a published night. Run `briefmatch run` first."),
    )
    world = tuning.read_world(runs)
    return (world,)


@app.cell
def controls(mo, tuning, world):
    sliders = mo.ui.dictionary(
        {
            name: mo.ui.slider(
                start=low,
                stop=high,
                step=0.01,
                value=min(max(round(world.champion[name], 2), low), high),
                label=name.replace("_", " "),
                show_value=True,
                full_width=True,
            )
            for name, (low, high) in world.bounds.items()
            if name != tuning.FREE
        }
    )
    rows = world.briefs.sort("brief_id").select("brief_id", "title").iter_rows()
    titles = {f"{brief_id}  {title}": brief_id for brief_id, title in rows}
    brief = mo.ui.dropdown(titles, value=next(iter(titles)), label="Brief")
    return brief, sliders


@app.cell
def weigh(sliders, tuning, world):
    weights = tuning.completed(sliders.value)
    problems = tuning.outside(weights, world.bounds)
    plain = {"selection": None, "show_data_types": False, "show_search": False}
    return plain, problems, weights


@app.cell
def one_brief(brief, mo, plain, tuning, weights, world):
    shortlist = tuning.ranking(world, brief.value, weights)
    listed = mo.vstack(
        [
            mo.md("### One brief under these weights"),
            brief,
            mo.ui.table(shortlist, page_size=world.top, **plain),
            mo.md("`tonight` is the published rank; each component's column adds to the score."),
        ]
    )
    return listed, shortlist


@app.cell
def all_briefs(mo, plain, tuning, weights, world):
    moved = tuning.movements(world, weights)
    entering = moved["enters"].list.len()
    changes = mo.vstack(
        [
            mo.md(
                f"### Tonight's shortlists\n{entering.sum()} would enter one of the first "
                f"{world.top} places, on {(entering > 0).sum()} of {moved.height} briefs."
            ),
            mo.ui.table(
                moved.with_columns(moved[name].list.join(", ") for name in ("enters", "leaves")),
                **plain,
                wrapped_columns=["enters", "leaves"],
            ),
        ]
    )
    return changes, moved


@app.cell
def past(curve, mo, tuning, weights, world):
    outcomes = tuning.trade_off(world, weights)
    told = mo.md(
        "### Technical fit against adaptability\nNo backtest of this runs folder is known."
    )
    if outcomes.height:
        x = outcomes["weight"].to_list()
        bounds = {name: outcomes[name].to_list() for name in ("low", "high")}
        here = tuning.at(outcomes, weights["adaptability"])
        quality = curve(
            x,
            outcomes["ndcg"].to_list(),
            across="weight of adaptability (technical makes room)",
            up="ndcg@10 on outcomes",
            mark=(weights["adaptability"], here["ndcg"]),
            **bounds,
        )
        exchange = curve(
            outcomes["adaptability"].to_list(),
            outcomes["technical"].to_list(),
            across="mean adaptability of those ranked first",
            up="their mean technical fit",
            mark=(here["adaptability"], here["technical"]),
        )
        told = mo.vstack(
            [
                mo.md(
                    "### Technical fit against adaptability\nOn the outcomes of "
                    f"{world.pairs['brief_id'].n_unique()} past briefs; the later ones are kept "
                    "for the gates of a promotion. Band: 95 %. The red dot: these weights."
                ),
                mo.hstack([mo.Html(quality), mo.Html(exchange)], justify="start", wrap=True),
            ]
        )
    return outcomes, told


@app.cell
def keeping(date, mo):
    name = mo.ui.text(value=f"by-hand-{date.today()}", label="Keep as")
    keep = mo.ui.run_button(label="Write a challenger")
    return keep, name


@app.cell
def kept(keep, mo, name, problems, runs, tuning, weights, world):
    written = mo.md("")
    if keep.value and problems:
        written = mo.md("Not written: weights must lie in the envelope.")
    elif keep.value:
        file = tuning.write_draft(runs, world, name.value, weights)
        written = mo.md(f"Written. `briefmatch weights add {file} --runs {runs}` enters it.")
    return (written,)


@app.cell
def side(keep, mo, name, problems, sliders, weights, world, written):
    mo.sidebar(
        [
            mo.md(f"### Weights\nThe sliders start at the champion, `{world.champion_id}`."),
            *sliders.elements.values(),
            mo.md(f"technical takes the rest: **{weights['technical']:.2f}**"),
            *(mo.callout(problem, kind="warn") for problem in problems),
            name,
            keep,
            written,
        ],
        width="24rem",
    )
    return


@app.cell
def page(changes, listed, mo, told):
    mo.vstack([listed, changes, told])
    return


if __name__ == "__main__":
    app.run()
