using Microsoft.Extensions.Options;

namespace ImageRestoration.DependencyInjection;

/// <summary>Reports all errors of a restorer's options together.</summary>
internal sealed class ModelRestorerOptionsValidator<TOptions> : IValidateOptions<TOptions>
    where TOptions : ModelRestorerOptions
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        string[] errors = [.. options.FindAllErrors().Select(error => $"Restorer '{name}': {error}")];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
