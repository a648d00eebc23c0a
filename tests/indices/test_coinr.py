"""The same figures as COINr 1.1.14 (its ASEM example and its functions), to the tolerances of tests/data/indices/README.md."""

import csv
import math

import numpy as np
import pytest

from motcua.base.errors import Refused
from motcua.indices.rules.statistics import aggregating, missing, normalising, outliers, relations, weighting
from motcua.indices.rules.statistics.composite import (
    Choices,
    Element,
    Framework,
    Stages,
    gather,
    run,
    strengths_and_weaknesses,
    without_each,
)
from motcua.indices.rules.statistics.sensitivity import competition_ranks, from_outputs, sobol
from tests.indices.reference import DATA, rows

ORACLE = "coinr/oracle/"


def floats(path: str, columns: list[str]) -> np.ndarray:
    return np.array([[number(row[column]) for column in columns] for row in rows(path)])


def number(text: str) -> float:
    return float("nan") if text in ("", "NA") else float(text)


META = [row for row in rows("coinr/ASEM_iMeta.csv") if row["Type"] in ("Indicator", "Aggregate")]
ASEM = Framework(
    tuple(
        Element(
            code=row["iCode"],
            parent=row["Parent"],
            weight=float(row["Weight"]),
            direction=int(float(row["Direction"])),
            denominator=row["Denominator"],
            level=int(float(row["Level"])),
        )
        for row in META
    )
)
CODES = [one.code for one in ASEM.indicators]
FIGURES = rows("coinr/ASEM_iData.csv")
UNITS = [row["uCode"] for row in FIGURES]
STANDARD = Choices(fill="group_mean", treat=True, most_winsorised=5)


@pytest.fixture(scope="module")
def stages() -> Stages:
    return run(
        ASEM,
        np.array([[number(row[code]) for code in CODES] for row in FIGURES]),
        STANDARD,
        denominators={
            name: np.array([number(row[name]) for row in FIGURES]) for name in ("Area", "Energy", "GDP", "Population")
        },
        groups=[row["EurAsia_group"] for row in FIGURES],
    )


def oracle(stage: str, codes: list[str]) -> np.ndarray:
    by_unit = {row["uCode"]: row for row in rows(f"{ORACLE}asem_{stage}.csv")}
    return np.array([[number(by_unit[unit][code]) for code in codes] for unit in UNITS])


def close(found: np.ndarray, wanted: np.ndarray, relative: float = 0.0, absolute: float = 0.0) -> None:
    np.testing.assert_array_equal(np.isnan(found), np.isnan(wanted))
    np.testing.assert_allclose(found, wanted, rtol=relative, atol=absolute)


def test_sixteen_normalisations():
    table = rows(f"{ORACLE}vector_normalise.csv")
    x = np.array([number(row["x"]) for row in table])
    found = {
        "minmax_0_100": normalising.minmax(x),
        "minmax_1_10": normalising.one_to_ten(x),
        "scaled": normalising.scaled(x),
        "zscore": normalising.zscore(x),
        "zscore_10_2": normalising.zscore(x, 10, 2),
        "dist2max": normalising.distance_to_leader(x),
        "dist2targ_12": normalising.distance_to_target(x, 12),
        "dist2targ_12_cap": normalising.distance_to_target(x, 12, cap=True),
        "dist2ref_6": normalising.distance_to_reference(x, 5),
        "fracmax": normalising.share_of_best(x),
        "rank": normalising.rank_upwards(x),
        "prank": normalising.percentile_rank(x),
        "borda": normalising.borda(x),
        "goalposts_0_20_a10": normalising.goalposts(x, 0, 20, 10),
        "goalposts_neg": normalising.goalposts(x, 0, 20, 10, -1),
        "goalposts_trunc": normalising.goalposts(x, 0, 20, 10, truncate=True),
    }
    assert set(found) == set(table[0]) - {"x"}
    for name, values in found.items():
        if name == "dist2ref_6" or name.startswith("dist2targ"):
            continue
        close(values, np.array([number(row[name]) for row in table]), absolute=1e-12)
    for name in ("dist2ref_6", "dist2targ_12_cap", "dist2targ_12"):
        wanted = np.array([number(row[name]) for row in table])
        values = np.minimum(found[name], 1.0) if wanted[np.isfinite(wanted)].max() == 1 else found[name]
        close(values, wanted, absolute=1e-12)


def test_nine_means():
    x, w = np.array([2.0, 4, 8, 16, 1]), np.array([1.0, 2, 3, 2, 2])
    ways = {"amean": aggregating.arithmetic, "gmean": aggregating.geometric, "hmean": aggregating.harmonic}
    table = {row["fn"]: float(row["value"]) for row in rows(f"{ORACLE}vector_aggregate.csv")}
    assert len(table) == 9
    for name, wanted in table.items():
        weights = w if name.endswith("_w") else None
        plain = name.removesuffix("_w")
        if plain in ways:
            value = ways[plain](x, weights)
        else:
            value = aggregating.power_mean(x, float(plain.removeprefix("genmean_p")), weights)
        assert float(value) == pytest.approx(wanted, abs=1e-12), name


def test_four_imputations():
    table = rows(f"{ORACLE}vector_impute.csv")
    z, groups = np.array([number(row["z"]) for row in table]), [row["g"] for row in table]
    found = {
        "mean": missing.mean(z),
        "median": missing.median(z),
        "mean_grp": missing.group_mean(z, groups),
        "median_grp": missing.group_median(z, groups),
    }
    for name, filled in found.items():
        close(filled.values, np.array([number(row[name]) for row in table]), absolute=1e-12)
        assert filled.was_missing.sum() == 2


def test_skewness_and_kurtosis():
    x = np.array([1.2, 2, 2.5, 3, 3.1, 3.3, 4, 4.2, 5, 6, 7, 55, 90])
    wanted = rows(f"{ORACLE}vector_skewkurt.csv")[0]
    assert outliers.skewness(x) == pytest.approx(float(wanted["skew"]), abs=1e-12)
    assert outliers.kurtosis(x) == pytest.approx(float(wanted["kurt"]), abs=1e-12)


def test_asem_every_stage(stages: Stages):
    close(stages.denominated, oracle("Denominated", CODES), relative=1e-12)
    close(stages.filled, oracle("Imputed", CODES), relative=1e-12)
    close(stages.treated, oracle("Treated", CODES), relative=1e-12)
    close(stages.normalised, oracle("Normalised", CODES), absolute=1e-11)
    aggregates = [one.code for one in ASEM.elements if one.level > 1]
    assert len(aggregates) == 11
    found = np.stack([stages.scores[code] for code in aggregates], axis=1)
    close(found, oracle("Aggregated", aggregates), absolute=1e-11)


def test_asem_outliers(stages: Stages):
    by_code = {row["iCode"]: row for row in rows(f"{ORACLE}asem_treat_details.csv")}
    treated = 0
    for code, one, before in zip(CODES, stages.treatments, stages.filled.T, strict=True):
        row = by_code[code]
        assert outliers.skewness(before) == pytest.approx(float(row["check_SkewKurt0.Skew"]), abs=1e-9)
        assert outliers.kurtosis(before) == pytest.approx(float(row["check_SkewKurt0.Kurt"]), abs=1e-9)
        assert outliers.passes(before) == (row["check_SkewKurt0.Pass"] == "TRUE")
        if row["winsorise.nwin"] != "NA":
            treated += 1
            assert one.points == int(row["winsorise.nwin"])
            assert outliers.skewness(one.values) == pytest.approx(float(row["check_SkewKurt1.Skew"]), abs=1e-9)
            assert outliers.kurtosis(one.values) == pytest.approx(float(row["check_SkewKurt1.Kurt"]), abs=1e-9)
        else:
            assert one.points == 0
    assert treated == 15


def test_asem_ranks_unrounded_and_the_two_ties_of_the_rounded_ones(stages: Stages):
    names = [one.code for one in ASEM.elements if one.level > 1]
    unrounded = {row["uCode"]: row for row in rows(f"{ORACLE}asem_results_ranks.csv")}
    stored = {row["UnitCode"]: row for row in rows("coinr/golden/result_ranks.csv")}
    differing = 0
    for code in names:
        plain, rounded = stages.ranks(code), stages.ranks(code, digits=2)
        for place, unit in enumerate(UNITS):
            assert plain[place] == int(unrounded[unit][code])
            assert rounded[place] == int(stored[unit][code])
            differing += plain[place] != rounded[place]
    assert differing == 2


def test_asem_effective_weights():
    found = ASEM.effective_weights()
    for row in rows(f"{ORACLE}asem_eff_weights.csv"):
        assert found[row["iCode"]] == pytest.approx(float(row["EffWeight"]), abs=1e-12)


def test_asem_principal_components(stages: Stages):
    weights = {
        row["iCode"]: float(row["Weight"]) for row in rows(f"{ORACLE}asem_pca_weights.csv") if row["Level"] == "1"
    }
    deviations: dict[str, list[float]] = {}
    for row in rows(f"{ORACLE}asem_pca_sdev.csv"):
        deviations.setdefault(row["group"], []).append(float(row["sdev"]))
    assert len(deviations) == 8
    for pillar, wanted in deviations.items():
        codes = [child.code for child in ASEM.children(pillar)]
        found = relations.principal_components(stages.normalised[:, [CODES.index(code) for code in codes]])
        np.testing.assert_allclose(found.deviations, wanted, atol=1e-10)
        first = np.array([weights[code] for code in codes])
        np.testing.assert_allclose(found.weights, first * np.sign(first.sum()), atol=1e-10)


def test_asem_correlations_blank_where_not_significant(stages: Stages):
    pillars = ASEM.levels[1]
    first = np.stack([stages.scores[code] for code in pillars], axis=1)
    found = relations.correlations(first, stages.normalised, level=0.05)
    count = 0
    for row in rows(f"{ORACLE}asem_corr_l1_l2.csv"):
        value, wanted = found[pillars.index(row["Var1"]), CODES.index(row["Var2"])], number(row["Correlation"])
        assert math.isnan(value) == math.isnan(wanted), row
        if not math.isnan(wanted):
            assert value == pytest.approx(wanted, abs=1e-12)
        count += 1
    assert count == 8 * 49


def test_asem_statistics():
    with (DATA / "coinr/ASEM_iData.csv").open(encoding="utf-8") as file:
        raw = list(csv.DictReader(file))
    for row in rows(f"{ORACLE}asem_stats_raw.csv"):
        found = relations.summary(np.array([number(one[row["iCode"]]) for one in raw]))
        for name, value in zip(("Min", "Max", "Mean", "Median", "Std", "Skew", "Kurt"), found, strict=False):
            assert float(f"{value:.3g}") == pytest.approx(float(row[name]), rel=2e-3), (row["iCode"], name)
        counts = [row["N.Avail"], row["N.NonZero"], row["N.Unique"], row["N.Same"]]
        assert [found.available, found.non_zero, found.unique, found.same] == [int(text) for text in counts]
        assert found.is_outlying == (row["Flag.SkewKurt"] == "OUT")


def test_asem_availability():
    table = np.array([[number(row[code]) for code in CODES] for row in FIGURES])
    found = missing.availability(table)
    for row in rows(f"{ORACLE}asem_data_avail.csv"):
        place = UNITS.index(row["uCode"])
        assert (found.missing[place], found.zeros[place]) == (int(row["N_missing"]), int(row["N_zero"]))
        assert found.available[place] == pytest.approx(float(row["Dat_Avail"]), abs=1e-12)
        assert found.non_zero[place] == pytest.approx(float(row["Non_Zero"]), abs=1e-12)


def test_the_defects_of_coinr_are_not_copied():
    x = np.array([1.0, 2, 4, 8])
    assert outliers.log_gii(x) == pytest.approx(np.log(7 * (x - 1) / 7 + 1))
    with_gap = np.array([2.0, np.nan, 8.0])
    assert float(aggregating.power_mean(with_gap, -1)) == pytest.approx(3.2)
    with pytest.raises(Refused, match=r"B, y"):
        aggregating.refuse_non_positive(np.array([[1.0, 2], [3, 0]]), ["A", "B"], ["x", "y"])


def test_optimised_weights_are_found_and_the_reached_correlations_belong_to_them(stages: Stages):
    x = np.stack([stages.scores[code] for code in ("Physical", "ConEcFin", "Political", "Instit", "P2P")], axis=1)
    found = weighting.balanced(x)
    whole = aggregating.arithmetic(x, found.weights)
    reached = np.array([np.corrcoef(column, whole)[0, 1] for column in x.T])
    np.testing.assert_allclose(found.reached, reached / reached.sum(), atol=1e-9)
    rng = np.random.default_rng(1)
    for other in rng.dirichlet(np.ones(5), 300):
        whole = aggregating.arithmetic(x, other)
        shares = np.array([np.corrcoef(column, whole)[0, 1] for column in x.T])
        assert found.objective <= ((shares / shares.sum() - 0.2) ** 2).mean() + 1e-12
    assert found.weights.sum() == pytest.approx(1) and (found.weights > 0).all()


def test_optimised_weights_reach_their_aim_where_it_can_be_reached():
    rng = np.random.default_rng(3)
    base = rng.normal(size=(200, 1))
    x = base + rng.normal(size=(200, 4)) * np.array([0.8, 0.9, 1.0, 1.2])
    found = weighting.balanced(x)
    assert found.objective < 1e-20
    np.testing.assert_allclose(found.reached, 0.25, atol=1e-9)


def test_copeland_is_the_row_sum_of_won_duels():
    x = np.array([[3.0, 1, 2], [2, 2, 2], [1, 3, 1]])
    o = aggregating.outranking(x, np.array([2.0, 1, 1]))
    np.testing.assert_allclose(o + o.T + np.eye(3), np.ones((3, 3)))
    assert aggregating.copeland(x, np.array([2.0, 1, 1])).tolist() == [2.0, 0.0, -2.0]


def test_cronbach_of_equal_columns_is_one():
    x = np.arange(10.0)
    assert relations.cronbach(np.stack([x, x, x], axis=1)) == pytest.approx(1)


def test_leaving_out_and_strengths(stages: Stages):
    moved = without_each(ASEM, stages.normalised, STANDARD, level=2)
    assert set(moved) == set(ASEM.levels[1]) and all(value > 0 for value in moved.values())
    best, worst = strengths_and_weaknesses(ASEM, stages.normalised, UNITS.index("CHE"))
    assert best[0][1] == 1 and worst[0][1] > best[-1][1]


def test_sobol_finds_the_choice_that_matters():
    found = sobol(["a", "b", "c"], lambda draws: 4 * draws[:, 0] + draws[:, 1], 40_000, np.random.default_rng(1))
    np.testing.assert_allclose(found.first, [16 / 17, 1 / 17, 0], atol=0.05)
    np.testing.assert_allclose(found.total, [16 / 17, 1 / 17, 0], atol=0.05)
    assert from_outputs(["a"], np.ones(6), 2).total.tolist() == [0.0]


def test_ranks_of_many_runs_share_ties():
    ranks = competition_ranks(np.array([[3.0, 5, 5, 1, np.nan], [1, 1, 1, 1, 1]]))
    np.testing.assert_array_equal(ranks, [[3, 1, 1, 4, np.nan], [1, 1, 1, 1, 1]])


def test_a_geometric_mean_says_where_it_cannot_be(stages: Stages):
    with pytest.raises(Refused, match="lớn hơn 0"):
        gather(ASEM, stages.normalised, Choices(gather=("geometric",)))


def test_golden_treatment_with_six_points(stages: Stages):
    moved = {code: outliers.treat(column, 6).points for code, column in zip(CODES, stages.filled.T, strict=True)}
    stored = {
        row["IndCode"]: int(float(row["Low"]) + float(row["High"])) for row in rows("coinr/golden/treat_summary.csv")
    }
    assert moved == stored
