using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// Checks options one by one, and names the full configuration key of an invalid one. For providers and what is built
/// upon them. Attributes would do the same, but reading and converting them takes a sixth of a start.
/// </summary>
/// <param name="section">The section that the options are bound from.</param>
public sealed class OptionsCheck(string section)
{
    private readonly List<string> _failures = [];

    /// <summary>The result of the checks.</summary>
    public ValidateOptionsResult Result =>
        _failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_failures);

    /// <summary>Throws if options that no container validates are invalid.</summary>
    /// <param name="validator">The checks.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="OptionsValidationException">An option is out of its range.</exception>
    public static void Demand<TOptions>(IValidateOptions<TOptions> validator, TOptions options)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(validator);
        var result = validator.Validate(name: null, options);
        if (result.Failed)
        {
            throw new OptionsValidationException(typeof(TOptions).Name, typeof(TOptions), result.Failures);
        }
    }

    /// <summary>Checks that a value is within its range.</summary>
    /// <param name="value">The value; <see langword="null"/> if the option has none.</param>
    /// <param name="least">The minimum.</param>
    /// <param name="most">The maximum.</param>
    /// <param name="option">The option as the caller names it, such as <c>options.Connections.BusyTimeout</c>.</param>
    public void Range(
        IComparable? value,
        IComparable least,
        IComparable most,
        [CallerArgumentExpression(nameof(value))] string option = ""
    )
    {
        ArgumentNullException.ThrowIfNull(option);
        if (value is not null && (value.CompareTo(least) < 0 || value.CompareTo(most) > 0))
        {
            _failures.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{KeyOf(option)} must be between {least} and {most}, but is {value}."
                )
            );
        }
    }

    /// <summary>Checks that a value is one of its type.</summary>
    /// <param name="value">The value.</param>
    /// <param name="option">The option as the caller names it.</param>
    public void Choice(Enum value, [CallerArgumentExpression(nameof(value))] string option = "")
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(option);
        var type = value.GetType();
        if (!Enum.IsDefined(type, value))
        {
            _failures.Add(
                $"{KeyOf(option)} must be one of {string.Join(", ", Enum.GetNames(type))}, but is {value:D}."
            );
        }
    }

    /// <summary>Checks that there is a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="option">The option as the caller names it.</param>
    public void Required(string? value, [CallerArgumentExpression(nameof(value))] string option = "")
    {
        ArgumentNullException.ThrowIfNull(option);
        if (string.IsNullOrWhiteSpace(value))
        {
            _failures.Add($"{KeyOf(option)} must have a value.");
        }
    }

    private string KeyOf(string option) => $"{section}:{option[(option.IndexOf('.') + 1)..].Replace('.', ':')}";
}
