using System.Text.Json;

namespace RagStudio.Data.Migrator;

/// <summary>The data of a health report.</summary>
internal static class MigrationHealthData
{
    public static IReadOnlyDictionary<string, object> Create(
        string state,
        MigrationStatus? status,
        IReadOnlyList<BackupSet>? kept
    )
    {
        var data = new Dictionary<string, object> { ["state"] = state };
        if (status is null)
        {
            return data;
        }
        data["verdict"] = JsonNamingPolicy.CamelCase.ConvertName(status.Verdict.ToString());
        data["pending"] = status.Databases.Sum(database => database.Pending.Count);
        foreach (var database in status.Databases)
        {
            data[$"{database.Name}.version"] = database.CurrentVersion ?? "";
            data[$"{database.Name}.pending"] = database.Pending.Count;
        }
        if (kept is not null)
        {
            data["kept.sets"] = kept.Count;
            data["kept.bytes"] = kept.Sum(set => set.SizeBytes);
        }
        return data;
    }

    /// <summary>True if a run would have something to do.</summary>
    public static bool IsBehind(this MigrationVerdict verdict) =>
        verdict is MigrationVerdict.Pending or MigrationVerdict.Empty or MigrationVerdict.Interrupted;
}
