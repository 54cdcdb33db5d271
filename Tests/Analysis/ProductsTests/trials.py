"""Makes trials.json: split-face trials and their statistics by NumPy, SciPy and statsmodels.

Written from the methods' definitions, not from the Swift code. Run it in this folder:

    python3 trials.py > trials.json
"""

import json

import numpy as np
import statsmodels.api as sm
from scipy import optimize, stats
from statsmodels.stats.power import TTestPower
from statsmodels.stats.weightstats import ttost_paired

HOURS = np.array([0, 0.25, 1, 4, 8])
random = np.random.default_rng(20261128)


def area(site, control):
    uplift = (site - site[0]) - (control - control[0])
    return np.trapezoid(uplift, HOURS) / 8


def half_life(curves, level=0.9):
    """Inverts the t-test of each application's contrast, in the metric of the inverse of I + 11'."""
    t = HOURS[1:]
    metric = np.linalg.inv(np.eye(4) + np.ones((4, 4)))
    quantile = stats.t.ppf((1 + level) / 2, len(curves) - 1)

    def test(life):
        shape = 2 ** (-t / life)
        slope = t * shape
        contrast = slope - shape * (slope @ metric @ shape) / (shape @ metric @ shape)
        return stats.ttest_1samp(curves @ metric @ contrast, 0).statistic

    lives = np.geomspace(0.25, 32, 4001)
    values = np.array([test(life) for life in lives])
    inside = np.flatnonzero(np.abs(values) <= quantile)
    if inside.size == 0 or inside[0] == 0 or inside[-1] == len(lives) - 1:
        return None
    edges = [
        optimize.brentq(lambda x: abs(test(x)) - quantile, lives[i], lives[i + 1], xtol=1e-12)
        for i in (inside[0] - 1, inside[-1])
    ]
    middle = optimize.brentq(test, lives[inside[0]], lives[inside[-1]], xtol=1e-12)
    return [middle, *edges]


def fieller(first, second, x):
    """The ratio of two intercepts, by root finding on the t-test of first − ratio · second."""
    def test(ratio):
        fit = sm.OLS(first - ratio * second, x).fit()
        return abs(fit.tvalues[0]) - stats.t.ppf(0.95, fit.df_resid)

    one, two = sm.OLS(first, x).fit().params[0], sm.OLS(second, x).fit().params[0]
    ratio = one / two
    return [ratio, optimize.brentq(test, ratio - 20, ratio), optimize.brentq(test, ratio, ratio + 20)]


def trial(pairs, gap, deviation):
    days, outcomes, curves = [], [], []
    for pair in range(pairs):
        level = 50 + 5 * random.normal()
        left = bool(random.random() < 0.5) if pair > 3 else pair % 2 == 0
        sites = {}
        for name, strength in (("first", 10 * (1 + gap)), ("second", 10), ("control", 0)):
            fade = np.where(HOURS > 0, 2 ** (-HOURS / 4), 0)
            sites[name] = np.round(
                level + strength * fade - 0.2 * HOURS + deviation * random.normal(size=5), 3)
        days.append({"left": left, **{k: v.tolist() for k, v in sites.items()}})
        outcomes.append((
            area(sites["first"], sites["control"]), area(sites["second"], sites["control"]),
            sites["first"][0] - sites["second"][0], 1 if left else -1))
        control = sites["control"] - sites["control"][0]
        curves.append((sites["second"] - sites["second"][0] - control)[1:])
    first, second, baseline, side = np.array(outcomes).T
    plain = stats.ttest_rel(first, second)
    interval = plain.confidence_interval(0.9)
    x = np.column_stack([np.ones(pairs), side] + ([baseline] if pairs >= 10 else []))
    fit = sm.OLS(first - second, x).fit()
    low, high = fit.conf_int(0.1)[0]
    margin_p = max(
        sm.OLS(1.1 * first - 0.9 * second, x).fit().t_test([1] + [0] * (x.shape[1] - 1)).pvalue,
        sm.OLS(1.1 * second - 0.9 * first, x).fit().t_test([1] + [0] * (x.shape[1] - 1)).pvalue)
    return {
        "days": days,
        "first": first.tolist(),
        "second": second.tolist(),
        "plain": [(first - second).mean(), interval.low, interval.high],
        "adjusted": [fit.params[0], low, high],
        "ratio": fieller(first, second, x),
        "tost": float(ttost_paired(first, second, -1.5, 1.5)[0]),
        "marginTwoSided": float(np.squeeze(margin_p)),
        "halfLife": half_life(np.array(curves)),
    }


power = TTestPower()
print(json.dumps({
    "trials": [trial(8, 0, 1), trial(12, 0.3, 1.5), trial(20, 0.3, 3.6), trial(40, -0.2, 3.6)],
    "power": [
        [effect, n, float(power.power(effect, n, 0.1, alternative="two-sided"))]
        for effect in (0.1, 0.4, 0.8) for n in (4, 10, 36, 200)],
    "needed": [
        [effect, float(power.solve_power(effect_size=effect, alpha=0.1, power=0.8))]
        for effect in (0.2, 0.42, 0.8, 1.2)],
}, indent=0, allow_nan=False))
