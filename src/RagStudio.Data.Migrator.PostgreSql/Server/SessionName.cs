using System.Globalization;
using System.Reflection;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Server;

/// <summary>
/// What <c>pg_stat_activity</c> shows as the application of a run's session, for people and for those who wait. PostgreSQL
/// keeps 63 bytes of it.
/// </summary>
internal sealed record SessionName(RunActivity Activity, int ProcessId, string ProgramVersion)
{
    /// <summary>The name of sessions that only read.</summary>
    public const string Reader = "ragstudio-db";

    /// <summary>The version of this program.</summary>
    public static readonly string Program =
        (Assembly.GetEntryAssembly() ?? typeof(SessionName).Assembly).GetName().Version?.ToString(3) ?? "?";

    public static string Create(RunIdentity run) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Reader} {run.Activity} {Environment.ProcessId} {Program} {run.Id}"
        );

    public static SessionName? Parse(string? text) =>
        text?.Split(' ') is [Reader, var activity, var process, var version, ..]
        && Enum.TryParse<RunActivity>(activity, out var known)
        && int.TryParse(process, CultureInfo.InvariantCulture, out var id)
            ? new SessionName(known, id, version)
            : null;
}
