using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace RagStudio.Data;

/// <summary>
/// Checks options by their attributes, those of nested settings included, and names what is wrong by its whole configuration key.
/// </summary>
/// <param name="section">The section that the options are bound from.</param>
internal sealed class OptionsKeyValidator<TOptions>(string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var failures = Find(section, options).ToArray();
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Find(string path, object options)
    {
        foreach (var property in options.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0))
        {
            var (key, value) = ($"{path}:{property.Name}", property.GetValue(options));
            var invalid = property
                .GetCustomAttributes<ValidationAttribute>()
                .Where(attribute => !attribute.IsValid(value))
                .Select(attribute => Describe(attribute, key, value));
            var nested = IsNested(property.PropertyType) && value is not null ? Find(key, value) : [];
            foreach (var failure in invalid.Concat(nested))
            {
                yield return failure;
            }
        }
    }

    private static bool IsNested(Type type) =>
        type.IsClass && type != typeof(string) && !typeof(IEnumerable).IsAssignableFrom(type);

    private static string Describe(ValidationAttribute attribute, string key, object? value) =>
        attribute switch
        {
            RangeAttribute range => string.Create(
                CultureInfo.InvariantCulture,
                $"{key} must be between {range.Minimum} and {range.Maximum}, but is {value}."
            ),
            EnumDataTypeAttribute choice =>
                $"{key} must be one of {string.Join(", ", Enum.GetNames(choice.EnumType))}, but is {value}.",
            RequiredAttribute => $"{key} must have a value.",
            _ => attribute.FormatErrorMessage(key),
        };
}
