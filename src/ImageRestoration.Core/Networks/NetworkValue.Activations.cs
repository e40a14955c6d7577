namespace ImageRestoration.Networks;

/// <content>Non-linear functions.</content>
public sealed partial class NetworkValue
{
    /// <summary>Appends max(x, 0).</summary>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue ReLU(string? name = null) => Activation(ActivationFunction.ReLU, name: name);

    /// <summary>Appends x where x ≥ 0, otherwise slope × x.</summary>
    /// <param name="negativeSlope">Slope below zero.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue LeakyReLU(float negativeSlope = 0.01f, string? name = null)
        => Activation(ActivationFunction.LeakyReLU, negativeSlope, name);

    /// <summary>Appends x × Φ(x), exact form.</summary>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue GELU(string? name = null) => Activation(ActivationFunction.GELU, name: name);

    /// <summary>Appends x × sigmoid(x).</summary>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue SiLU(string? name = null) => Activation(ActivationFunction.SiLU, name: name);

    /// <summary>Appends 1 / (1 + exp(−x)).</summary>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Sigmoid(string? name = null) => Activation(ActivationFunction.Sigmoid, name: name);

    /// <summary>Appends the hyperbolic tangent.</summary>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Tanh(string? name = null) => Activation(ActivationFunction.Tanh, name: name);

    /// <summary>Appends log(1 + exp(x)).</summary>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Softplus(string? name = null) => Activation(ActivationFunction.Softplus, name: name);

    /// <summary>Appends x where x ≥ 0, otherwise a learned slope × x, as <c>torch.nn.PReLU</c>.</summary>
    /// <param name="numParameters">Number of slopes: 1, or as many as there are channels.</param>
    /// <param name="init">What the slopes are before training.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue PReLU(int numParameters = 1, float init = 0.25f, string? name = null)
        => _builder.Append(new PReLULayer(_builder.NameFor(name, "prelu"), Name, numParameters, init));

    /// <summary>Appends an elementwise non-linear function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="negativeSlope">Slope of <see cref="ActivationFunction.LeakyReLU"/> below zero.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Activation(ActivationFunction function, float negativeSlope = 0.01f, string? name = null)
        => _builder.Append(
            new ActivationLayer(_builder.NameFor(name, function.ToString().ToLowerInvariant()), Name, function, negativeSlope));
}
