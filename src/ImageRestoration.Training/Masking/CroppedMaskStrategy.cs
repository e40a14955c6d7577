namespace ImageRestoration.Masking;

/// <summary>Windows of masks that another strategy draws for a larger picture.</summary>
internal sealed class CroppedMaskStrategy(IMaskStrategy inner, int height, int width) : IMaskStrategy, IDescribed
{
    private const int MostTries = 8;

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.AddMasks("Strategy", inner);
        settings.Add("Height", height);
        settings.Add("Width", width);
    }

    public Mask Create(int rows, int columns, Random random)
    {
        Mask whole = inner.Create(Math.Max(rows, height), Math.Max(columns, width), random);
        var window = new Mask(rows, columns);
        for (int i = 0; i < MostTries; i++)
        {
            int top = random.Next(whole.Height - rows + 1), left = random.Next(whole.Width - columns + 1);
            for (int y = 0; y < rows; y++)
            {
                whole.Row(top + y).Slice(left, columns).CopyTo(window.Row(y));
            }

            if (window.CountMissing() is var missing && missing > 0 && missing < window.Values.Length)
            {
                break;
            }
        }

        return window;
    }
}
