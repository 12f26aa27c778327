using System.Globalization;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Steps;

namespace RagStudio.Data.Migrator.PostgreSql.Validate;

/// <summary>Verifies the hashes of a history's lines.</summary>
internal static class HistoryCheck
{
    private const int FirstField = 2;
    private const int Duration = 8;

    /// <returns>Gets the findings when the batch has ended.</returns>
    public static Func<IReadOnlyList<ValidationFinding>> Add(QueryBatch batch, ServerState server, string schema)
    {
        var chain = new HistoryChain(MigratorTables.History);
        if (server.Has(schema, MigratorTables.History))
        {
            _ = batch.Add(
                $"""
                SELECT id, hash, event, database, version, name, kind, applied_at, duration_ms, checksum,
                    rollback_sql, program_version, ef_version, run_id, detail
                FROM {PostgreSqlText.Quote(schema, MigratorTables.History)} ORDER BY id
                """,
                line =>
                {
                    chain.Add(line.GetInt64(0), line.Text(1), ReadFields(line));
                    return true;
                }
            );
        }
        var last = server.Has(schema, MigratorTables.Cache)
            ? batch.Add(
                $"SELECT value FROM {PostgreSqlText.Quote(schema, MigratorTables.Cache)} WHERE key = $1",
                row => row.GetString(0),
                CacheKeys.LastLine
            )
            : [];
        return () =>
            chain.Complete(long.TryParse(last.FirstOrDefault(), CultureInfo.InvariantCulture, out var id) ? id : 0);
    }

    private static string?[] ReadFields(NpgsqlDataReader line)
    {
        var fields = new string?[line.FieldCount - FirstField];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = i + FirstField == Duration ? Ticks(line) : line.Text(i + FirstField);
        }
        return fields;
    }

    private static string Ticks(NpgsqlDataReader line) =>
        HistoryWriter.ToDuration(line.GetDouble(Duration)).Ticks.ToString(CultureInfo.InvariantCulture);
}
