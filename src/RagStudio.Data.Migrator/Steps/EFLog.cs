using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>
/// What EF logs of a migration, for one that has no class: EF takes the id from an attribute of the class.
/// </summary>
internal static class EFLog
{
    private static readonly Action<ILogger, string, Exception?> Applying = LoggerMessage.Define<string>(
        LogLevel.Information,
        RelationalEventId.MigrationApplying,
        "Applying migration '{Migration}'."
    );

    private static readonly Action<ILogger, string, Exception?> Reverting = LoggerMessage.Define<string>(
        LogLevel.Information,
        RelationalEventId.MigrationReverting,
        "Reverting migration '{Migration}'."
    );

    public static void Write(ILogger logger, bool isReverting, string version) =>
        (isReverting ? Reverting : Applying)(logger, version, null);
}
