namespace ImageRestoration.Tests.Conformance;

/// <summary>Another value of a setting's type, within the limits of those that there are.</summary>
internal static class OtherValue
{
    internal static object Of(Type type, object? value) => value switch
    {
        bool flag => !flag,
        string text => text + "?",
        Enum choice => Enum.ToObject(choice.GetType(), Convert.ToInt32(choice, null) + 1),
        int number => number + 1,
        long number => number + 1,
        double number => number == 0 ? 0.5 : number / 2,
        null when type == typeof(int?) => 3,
        null when type == typeof(long?) => 3L,
        null when type == typeof(double?) => 0.5,
        null when type == typeof(string) => "text",
        _ => throw new NotSupportedException($"The test knows no other value of {type}; add one."),
    };
}
