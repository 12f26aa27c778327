using System.Text.Json;
using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.BackUp;

/// <summary>The report of a completed run, kept as <c>report.json</c> beside the backup made before it.</summary>
internal static class RunReport
{
    public const string FileName = "report.json";

    /// <summary>Writes the report. A failure to write it does not fail a run that is complete.</summary>
    public static async Task WriteAsync(BackupStore backups, MigrationSummary summary, ILogger logger)
    {
        if (summary.BackupId is null)
        {
            return;
        }
        try
        {
            var path = Path.Combine(backups.PathOf(summary.BackupId), FileName);
            PatientFile.Delete(path);
            var text = JsonSerializer.SerializeToUtf8Bytes(summary, MigratorJson.TypeInfo<MigrationSummary>());
            var manifest = Path.Combine(backups.PathOf(summary.BackupId), BackupManifest.FileName);
            await DurableFile.WriteAsync(path, text, manifest, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.ReportNotWritten(logger, summary.RunId, failure);
        }
    }
}
