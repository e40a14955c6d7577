namespace ImageRestoration.Networks;

/// <content>Sums, products and quotients, and the joining and parting of channels.</content>
public sealed partial class NetworkValue
{
    /// <summary>Adds two values of one shape, or of which one has a single channel or pixel.</summary>
    /// <param name="left">First summand.</param>
    /// <param name="right">Second summand.</param>
    /// <returns>The sum.</returns>
    public static NetworkValue operator +(NetworkValue left, NetworkValue right) => Required(left).Add(right);

    /// <summary>Multiplies two values of one shape elementwise, or of which one has a single channel or pixel.</summary>
    /// <param name="left">First factor.</param>
    /// <param name="right">Second factor.</param>
    /// <returns>The product.</returns>
    public static NetworkValue operator *(NetworkValue left, NetworkValue right) => Required(left).Multiply(right);

    /// <summary>Divides two values of one shape elementwise, or of which one has a single channel or pixel.</summary>
    /// <param name="left">Dividend.</param>
    /// <param name="right">Divisor.</param>
    /// <returns>The quotient.</returns>
    public static NetworkValue operator /(NetworkValue left, NetworkValue right) => Required(left).Divide(right);

    /// <summary>Appends an elementwise sum with a value of the same shape, or of a single channel or pixel.</summary>
    /// <param name="other">The other summand.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Add(NetworkValue other, string? name = null)
        => _builder.Append(new AddLayer(_builder.NameFor(name, "add"), [Name, Sibling(other).Name]));

    /// <summary>Appends an elementwise product with a value of the same shape, or of a single channel or pixel.</summary>
    /// <param name="other">The other factor.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Multiply(NetworkValue other, string? name = null)
        => _builder.Append(new MulLayer(_builder.NameFor(name, "mul"), [Name, Sibling(other).Name]));

    /// <summary>Appends an elementwise quotient, this / (divisor + eps); the divisor has the same shape, or one channel or pixel.</summary>
    /// <param name="divisor">The divisor.</param>
    /// <param name="eps">Added to the divisor.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Divide(NetworkValue divisor, float eps = 0, string? name = null)
        => _builder.Append(new DivLayer(_builder.NameFor(name, "div"), Name, Sibling(divisor).Name, eps));

    /// <summary>Appends a fixed scale and offset of all values: x × scale + offset. <c>Affine(-1, 1)</c> turns a mask around.</summary>
    /// <param name="scale">Factor.</param>
    /// <param name="offset">Added after scaling.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Affine(float scale, float offset = 0, string? name = null)
        => _builder.Append(new AffineLayer(_builder.NameFor(name, "affine"), Name, scale, offset));

    /// <summary>Joins this value with others of the same size along the channels.</summary>
    /// <param name="others">The others, in order.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Concat(IEnumerable<NetworkValue> others, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(others);
        return _builder.Append(new ConcatLayer(_builder.NameFor(name, "concat"), [Name, .. others.Select(o => Sibling(o).Name)]));
    }

    /// <summary>Appends a choice of neighbouring channels, as <c>torch.narrow</c> along the channels.</summary>
    /// <param name="start">First channel, from 0.</param>
    /// <param name="count">Number of channels.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Slice(int start, int count, string? name = null)
        => _builder.Append(new SliceLayer(_builder.NameFor(name, "slice"), Name, start, count));

    /// <summary>Cuts the channels into neighbouring parts, as <c>torch.split</c> along the channels: one slice for each.</summary>
    /// <param name="sizes">Channels of each part, which add up to those there are.</param>
    /// <returns>The parts in order. Each must be used.</returns>
    /// <exception cref="ArgumentException">The parts are more or fewer channels than there are.</exception>
    public NetworkValue[] Split(params ReadOnlySpan<int> sizes)
    {
        var parts = new NetworkValue[sizes.Length];
        int start = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = Slice(start, sizes[i]);
            start += sizes[i];
        }

        return start == Channels
            ? parts
            : throw NetworkErrors.WrongParts(this, start, nameof(sizes));
    }
}
