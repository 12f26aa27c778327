using System.Text.Json.Serialization;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of a line of a history, with the SQL that reverts it.</summary>
internal sealed record RevertibleRecordDocument : RecordDocument
{
    public RevertibleRecordDocument(MigrationRecord record)
        : base(record) => RollbackSql = record.RollbackSql;

    /// <summary>The SQL; <see langword="null"/> if it cannot be reverted.</summary>
    [JsonPropertyOrder(1)]
    public string? RollbackSql { get; }
}
