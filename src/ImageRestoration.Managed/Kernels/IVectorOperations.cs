namespace ImageRestoration.Managed;

/// <summary>
/// What kernels need from a vector type. Kernels are written once and compiled for each width; type arguments are structs, so that
/// the compiler makes code of its own for each and every call below becomes an instruction or a few.
/// </summary>
/// <typeparam name="TVector">The vector type.</typeparam>
internal unsafe interface IVectorOperations<TVector>
    where TVector : struct
{
    /// <summary>Floats in a vector; divides <see cref="ValueLayout.Lanes"/>.</summary>
    static abstract int Width { get; }

    static abstract TVector Load(float* source);

    static abstract void Store(TVector vector, float* destination);

    static abstract TVector Broadcast(float value);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>a × b + c, rounded once where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    static abstract TVector Abs(TVector a);

    /// <summary>2 to the power of whole numbers from −126 to 127.</summary>
    static abstract TVector PowerOfTwo(TVector a);

    static abstract TVector Log(TVector a);

    /// <summary>The larger value; NaN where either is NaN.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>
    /// In each lane <paramref name="below"/> where <paramref name="value"/> &lt; <paramref name="limit"/>, otherwise (NaN too)
    /// <paramref name="otherwise"/>.
    /// </summary>
    static abstract TVector SelectBelow(TVector value, TVector limit, TVector below, TVector otherwise);

    /// <summary>Sum of the lanes.</summary>
    static abstract float Sum(TVector a);
}
