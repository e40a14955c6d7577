namespace ImageRestoration.Networks;

/// <summary>Declares a network: a directed graph of layers that every backend can train, export or run.</summary>
/// <example>
/// <code>
/// var builder = new NetworkBuilder("denoiser");
/// NetworkValue image = builder.Input("image", channels: 3);
/// NetworkValue noise = image.Conv2d(64, 3, padding: 1).ReLU().Conv2d(3, 3, padding: 1);
/// builder.Output("image", image + noise);
/// Network network = builder.Build();
/// </code>
/// </example>
/// <remarks>Not safe for use from several threads; the network it builds is immutable and is.</remarks>
public sealed class NetworkBuilder
{
    private readonly List<NetworkInput> _inputs = [];
    private readonly List<Layer> _layers = [];
    private readonly List<(string Name, string Value)> _outputs = [];
    private readonly Dictionary<string, int> _channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counters = new(StringComparer.Ordinal);
    private readonly Stack<string> _scopes = new();
    private readonly string _name;

    /// <summary>Starts a network.</summary>
    /// <param name="name">Name for messages and model files.</param>
    public NetworkBuilder(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _name = name;
    }

    /// <summary>Declares an input.</summary>
    /// <param name="name">Unique name, such as <c>image</c> or <c>mask</c>.</param>
    /// <param name="channels">Number of channels, at least 1.</param>
    /// <param name="downscale">How many times smaller than the first input it is; 1 for pictures and masks.</param>
    /// <returns>The input's value.</returns>
    public NetworkValue Input(string name, int channels, int downscale = 1) => Input(name, channels, downscale, isCondition: false);

    /// <summary>
    /// Declares an input that the result is to depend on beside picture, mask and latent, such as a class. Where encoder and decoder have
    /// the same condition, it is one input of the network that they are composed to.
    /// </summary>
    /// <param name="name">Unique name, such as <c>label</c>.</param>
    /// <param name="channels">Number of channels, at least 1.</param>
    /// <param name="downscale">How many times smaller than the picture it is.</param>
    /// <returns>The input's value.</returns>
    public NetworkValue Condition(string name, int channels, int downscale = 1) => Input(name, channels, downscale, isCondition: true);

    /// <summary>Declares an output.</summary>
    /// <param name="name">Unique name among the outputs, such as <c>image</c>.</param>
    /// <param name="value">The value it gives back.</param>
    /// <returns>This builder.</returns>
    public NetworkBuilder Output(string name, NetworkValue value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(value);
        if (value.Builder != this)
        {
            throw NetworkErrors.OtherBuilder(nameof(value), value, "Give back values of this builder only.");
        }

        _outputs.Add((name, value.Name));
        return this;
    }

    /// <summary>Prefixes the names of the layers that are appended until the scope is disposed, as nested modules do in PyTorch.</summary>
    /// <param name="name">Name of the scope, such as <c>blocks.0</c>.</param>
    /// <returns>The scope; dispose it to leave.</returns>
    public IDisposable Scope(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _scopes.Push(Prefix + name + ".");
        return new ScopeEnd(_scopes);
    }

    /// <summary>Appends a layer of any kind, also one that this library does not know.</summary>
    /// <param name="layer">The layer; its inputs name values that exist already.</param>
    /// <returns>The layer's result.</returns>
    /// <exception cref="TensorShapeException">The layer does not fit its inputs.</exception>
    public NetworkValue Append(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var inputChannels = layer.Inputs.Select(input => _channels.TryGetValue(input, out int channels)
            ? channels
            : throw NetworkErrors.NoSuchInput(_name, layer, input));
        int outputChannels = layer.InferChannels([.. inputChannels]);
        Register(layer.Name, outputChannels);
        _layers.Add(layer);
        return new NetworkValue(this, layer.Name, outputChannels);
    }

    /// <summary>Ends the declaration and checks it as a whole.</summary>
    /// <returns>The network.</returns>
    /// <exception cref="TensorShapeException">Values that are combined have different sizes.</exception>
    /// <exception cref="InvalidOperationException">There is no input or output, an output twice or a layer that nothing uses.</exception>
    public Network Build() => new(_name, [.. _inputs], [.. _layers], _outputs);

    internal NetworkValue Input(NetworkInput input)
    {
        Register(input.Name, input.Channels);
        _inputs.Add(input);
        return new NetworkValue(this, input.Name, input.Channels);
    }

    internal NetworkValue Input(string name, int channels, int downscale, bool isCondition)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(downscale, 1);
        return Input(new NetworkInput(name, channels, new AffineSize(1, downscale, 0)) { IsCondition = isCondition });
    }

    internal string NameFor(string? name, string kind)
    {
        if (name is not null)
        {
            return Prefix + name;
        }

        string stem = Prefix + kind;
        int number = _counters.GetValueOrDefault(stem);
        _counters[stem] = number + 1;
        return Invariant($"{stem}{number + 1}");
    }

    internal NetworkValue Value(string name) => new(this, name, _channels[name]);

    private string Prefix => _scopes.TryPeek(out string? prefix) ? prefix : string.Empty;

    private void Register(string name, int channels)
    {
        if (!_channels.TryAdd(name, channels))
        {
            throw NetworkErrors.TwoValues(_name, name);
        }
    }

    private sealed class ScopeEnd(Stack<string> scopes) : IDisposable
    {
        private bool _left;

        public void Dispose()
        {
            if (!_left)
            {
                _left = true;
                scopes.Pop();
            }
        }
    }
}
