using System.Globalization;

namespace RagStudio.Data.Cli;

/// <summary>The time limit for an application's entry point to build its host.</summary>
internal static class HostTimeout
{
    /// <summary>.NET's own variable, so a setting for <c>dotnet ef</c> applies here too.</summary>
    public const string Variable = "DOTNET_HOST_FACTORY_RESOLVER_DEFAULT_TIMEOUT_IN_SECONDS";

    private const int Default = 30;

    /// <exception cref="CommandException">The value is not a number of seconds.</exception>
    public static TimeSpan Read(CliEnvironment environment) =>
        environment.Variable(Variable) is not { Length: > 0 } text ? TimeSpan.FromSeconds(Default)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds is > 0 and <= 86400
            ? TimeSpan.FromSeconds(seconds)
        : throw CommandException.Usage($"{Variable} is '{text}': it must be a number of seconds from 1 to 86400.");
}
