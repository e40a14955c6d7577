namespace ImageRestoration;

/// <summary>Collects what is wrong with options in sentences of their own, so that one exception reports it all.</summary>
internal static class OptionErrorList
{
    internal static void AddIf(this List<string> errors, bool isWrong, string error)
    {
        if (isWrong)
        {
            errors.Add(error);
        }
    }

    internal static void ThrowIfAny(this List<string> errors, string options, string parameterName)
    {
        if (errors.Count > 0)
        {
            throw new ArgumentException($"{options}: {string.Join(' ', errors)}", parameterName);
        }
    }
}
