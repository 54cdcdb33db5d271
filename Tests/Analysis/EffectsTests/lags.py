"""Makes lags.json: what PyDLNM says of doses that act later, on a grid of two places a day.

Made with dlnm 0.1.1 (PyDLNM, GPL: it judges, and is never shipped), NumPy 2.4.6, statsmodels
0.15.0 and Python 3.11. Run it in this folder:

    python3 lags.py > lags.json
"""

import json
import sys

import numpy as np
import statsmodels.api as sm
from dlnm import crossbasis, crosspred, exphist
from dlnm.basis import OneBasis, _register

random = np.random.default_rng(1906)
PLACES = 240
# As many lags as places: no dose is ever cut off. Of a decay of 5 days 4e-11 lies beyond.
LAG = PLACES - 1
KERNELS = [(delay, tau) for delay in (0, 1, 2, 3) for tau in (1, 2, 3, 5)]
# Correlation over a day, the share of what wanders, and the slow level's variance.
NOISES = [(0.5, 0.0, 0.0), (0.5, 0.6, 0.0), (0.8, 0.4, 0.5)]


def flat(a):
    """Columns first, with twelve digits."""
    return [float(f"{x:.12g}") for x in np.asarray(a, dtype=float).flatten(order="F")]


def name(delay, tau):
    """A lag basis of one column; R's dlnm takes any function, PyDLNM those that are registered."""
    fun = f"decay {delay} {tau}"

    @_register(fun)
    def decay(lag, **_):
        days = lag / 2 - delay
        return OneBasis(np.where(days < 0, 0, np.exp(-days / tau)).reshape(-1, 1), fun=fun)

    return fun


def basis(doses, fun, lag):
    """Linear in the dose; before the diary there was none."""
    history = exphist(doses, lag=lag, fill=0)
    return crossbasis(history, lag=lag, argvar={"fun": "lin"}, arglag={"fun": fun})


def doses(share):
    return np.where(random.random(PLACES) < share, random.choice([0.5, 1, 2], PLACES), 0)


def fit(crosses, places, x, noise, truth):
    """Generalised least squares with the whole covariance written out."""
    per_day, share, slow = noise
    days = abs(places[:, None] - places[None, :]) / 2
    s = share * per_day**days + slow * np.exp(-days / 45) + (1 - share) * np.eye(len(places))
    columns = np.column_stack([np.asarray(cross)[places] for cross in crosses] + [x])
    wandering = np.linalg.cholesky(s) @ random.normal(size=len(places))
    y = np.round(columns @ truth + wandering, 6)
    gls = sm.GLS(y, columns, sigma=s).fit()
    cumulative, errors, first = [], [], 0
    for cross in crosses:
        own = slice(first, first + cross.shape[1])
        first = own.stop
        all_lags = crosspred(
            cross, coef=gls.params[own], vcov=gls.normalized_cov_params[own, own],
            model_link="identity", at=[0, 1, 2], cen=0)
        cumulative.append(all_lags.allfit[1])
        errors.append(all_lags.allse[1])
        assert np.isclose(all_lags.allfit[2], 2 * all_lags.allfit[1])
    return {
        "noise": dict(zip(("perDay", "share", "slow"), noise)), "y": flat(y),
        # Of a whole dose, summed over lags of half a day; errors by the noise's SD.
        "cumulative": flat(cumulative), "errors": flat(errors), "squares": float(gls.ssr)}


def decays(both, places, x):
    """Two kinds of event in one model, each with a kernel."""
    cases = []
    for noise, (a, b) in zip(NOISES, ((5, 2), (0, 15), (11, 8))):
        kernels = [KERNELS[a], KERNELS[b]]
        crosses = [basis(one, name(*kernel), LAG) for one, kernel in zip(both, kernels)]
        case = fit(crosses, places, x, noise, np.array([0.5, -0.3, 2, 0.4, 0.7]))
        case["kernels"] = [{"delayDays": delay, "tauDays": tau} for delay, tau in kernels]
        cases.append(case)
    return cases


def unconstrained(both, places, x, lags):
    """A coefficient a lag, by the package's own basis."""
    cross = basis(both[0], "integer", lags - 1)
    truth = np.append(np.exp(-np.arange(lags) / 4) / 2, [2, 0.4, 0.7])
    case = fit([cross], places, x, NOISES[1], truth)
    case["lags"] = lags
    return case


def main():
    both = [doses(0.15), doses(0.1)]
    places = np.sort(random.choice(PLACES, size=190, replace=False))
    x = np.round(np.column_stack(
        [np.ones(len(places)), places % 2 - 0.5, np.sin(places / 60)]), 6)
    exposures = [
        {"kernel": {"delayDays": delay, "tauDays": tau},
         "values": flat(basis(both[0], name(delay, tau), LAG))} for delay, tau in KERNELS]
    return {
        "doses": [flat(one) for one in both], "places": [int(place) for place in places],
        "x": flat(x), "exposures": exposures, "decays": decays(both, places, x),
        "unconstrained": unconstrained(both, places, x, 14)}


json.dump(main(), sys.stdout, separators=(",", ":"))
