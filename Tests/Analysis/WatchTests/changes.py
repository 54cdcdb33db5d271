"""Makes changes.json: change points by ruptures, and likelihood ratios by dense matrices.

Needs numpy and ruptures: python3 changes.py > changes.json
"""
import json
import numpy as np
import ruptures

rng = np.random.default_rng(20261128)


def located():
    """Least-squares change points of white series: place, and what they save in squares."""
    for size in (0.8, 1.2, 2.0, -1.5, -3.0):
        for begin in (20, 45, 71):
            values = np.round(rng.normal(size=90), 6)
            values[begin:] += size
            search = ruptures.Dynp(model="l2", min_size=5, jump=1).fit(values.reshape(-1, 1))
            place = search.predict(n_bkps=1)[0]
            alone = ((values - values.mean()) ** 2).sum()
            cost = search.cost.sum_of_costs([place, len(values)])
            yield {"values": values.tolist(), "begin": place, "saved": alone - cost}


def bayes():
    """Steps and ramps in an AR(1)-and-noise series with gaps, two readings a day."""
    per_day, share, within = 0.6, 0.55, 0.5
    places = np.array([p for p in range(120) if rng.random() > 0.2])
    days = places / 2
    shape = per_day ** np.abs(days[:, None] - days[None, :])
    cover = share * shape + (1 - share) * np.eye(len(places))
    values = np.round(np.linalg.cholesky(cover) @ rng.normal(size=len(places)), 6)
    values += np.where(days >= 40, 0.9, 0)
    regressors = np.stack([np.ones(len(places)), np.sin(2 * np.pi * days / 80)], axis=1)
    level, other = regressors[:, 0], regressors[:, 1]
    covered = cover + 0.25**2 * np.outer(other, other)  # the other's SD beforehand is 0.25

    def residual_maker(matrix):
        """What is left of a covariance's inverse once a flat level is fitted, and its determinant."""
        inverse = np.linalg.inv(matrix)
        total = level @ inverse @ level
        left = inverse - np.outer(inverse @ level, level @ inverse) / total
        return left, -0.5 * np.linalg.slogdet(matrix)[1] - 0.5 * np.log(total)

    def log_normal(matrix):
        left, log = residual_maker(matrix)
        return log - 0.5 * values @ left @ values

    cases = []
    for begin, duration in ((20, 0), (40, 0), (55, 0), (21, 45), (36, 60), (12, 90)):
        since = days - begin
        signature = np.where(since >= 0, 1.0 if duration == 0 else np.minimum(1, since / max(duration, 1)), 0)
        spread = 1.5**2
        log = log_normal(covered + spread * np.outer(signature, signature)) - log_normal(covered)
        left, _ = residual_maker(covered)
        information, score = signature @ left @ signature, signature @ left @ values
        variance = 1 / (1 / spread + information)
        cases.append({"begin": begin, "duration": duration, "log": log,
                      "mean": variance * score, "variance": variance})
    return {"perDay": per_day, "share": share, "withinDay": within, "places": places.tolist(),
            "values": values.tolist(), "regressors": regressors.tolist(),
            "ridge": [0, 16], "cases": cases}


print(json.dumps({"located": list(located()), "bayes": bayes()}))
