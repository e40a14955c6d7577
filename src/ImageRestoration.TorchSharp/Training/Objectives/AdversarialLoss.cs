namespace ImageRestoration.TorchSharp;

/// <summary>What critic and model minimise of the critic's scores, s.</summary>
public enum AdversarialLoss
{
    /// <summary>
    /// Critic: max(0, 1 − s(real)) + max(0, 1 + s(made)); model: −s(made). Lim and Ye 2017 (arXiv:1705.02894), section 2.
    /// </summary>
    Hinge,

    /// <summary>
    /// Critic: −log σ(s(real)) − log(1 − σ(s(made))); model: −log σ(s(made)). Goodfellow et al. 2014 (arXiv:1406.2661), section 3.
    /// </summary>
    NonSaturating,

    /// <summary>Critic: ½(s(real) − 1)² + ½s(made)²; model: ½(s(made) − 1)². Mao et al. 2017 (arXiv:1611.04076), equation 9.</summary>
    LeastSquares,
}
