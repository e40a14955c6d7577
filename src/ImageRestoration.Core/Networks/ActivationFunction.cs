namespace ImageRestoration.Networks;

/// <summary>Elementwise non-linear functions of <see cref="ActivationLayer"/>.</summary>
public enum ActivationFunction
{
    /// <summary>max(x, 0).</summary>
    ReLU,

    /// <summary>x where x ≥ 0, otherwise slope × x.</summary>
    LeakyReLU,

    /// <summary>x × Φ(x) with the exact normal distribution function (not the tanh approximation).</summary>
    GELU,

    /// <summary>x × sigmoid(x).</summary>
    SiLU,

    /// <summary>1 / (1 + exp(−x)).</summary>
    Sigmoid,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary>log(1 + exp(x)), and x itself above 20.</summary>
    Softplus,
}
