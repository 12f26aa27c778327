using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Contexts;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>Runs migrations as parts of a run's transaction, or each in one for a replay.</summary>
/// <param name="connection">The open connection.</param>
/// <param name="database">The database that the migrations belong to.</param>
/// <param name="target">The schema of unqualified names.</param>
/// <param name="run">The run; <see langword="null"/> for a replay, which records nothing.</param>
internal sealed class PostgreSqlMigrationSteps(
    NpgsqlConnection connection,
    IPostgreSqlDatabase database,
    string target,
    StepRun? run = null
) : IMigrationStepProvider
{
    /// <summary>As EF creates it. A replay has no history.</summary>
    public string HistoryChange(string version, bool reverts)
    {
        var history = database.History;
        var table = PostgreSqlText.Quote(StateReader.SchemaOf(database, target), history.Table);
        var (id, product) = (PostgreSqlText.Quote(history.IdColumn), PostgreSqlText.Quote(history.VersionColumn));
        return reverts
            ? $"DELETE FROM {table} WHERE {id} = {PostgreSqlText.Literal(version)};"
            : $"""
                {EnsureSchema(history.Schema)}{history.CreateScript ?? CreateScript(table, history)}
                INSERT INTO {table} ({id}, {product})
                VALUES ({PostgreSqlText.Literal(version)}, {PostgreSqlText.Literal(ProductInfo.GetVersion())});
                """;
    }

    public async Task<IMigrationStepScope> BeginAsync(
        string version,
        IReadOnlyList<StepCommand> commands,
        WorkLimits limits
    )
    {
        if (run is null)
        {
            return new ReplayStep(connection, commands, limits);
        }
        var step = new PostgreSqlMigrationStep(connection, database, commands, limits, run.Watch(), run);
        await step.BeginAsync(version).ConfigureAwait(false);
        return step;
    }

    private static string CreateScript(string table, EFHistory history) =>
        $"""
            CREATE TABLE IF NOT EXISTS {table} (
                {PostgreSqlText.Quote(history.IdColumn)} character varying(150) NOT NULL,
                {PostgreSqlText.Quote(history.VersionColumn)} character varying(32) NOT NULL,
                CONSTRAINT {PostgreSqlText.Quote("PK_" + history.Table)} PRIMARY KEY ({PostgreSqlText.Quote(
                history.IdColumn
            )})
            );
            """;

    /// <summary>IF NOT EXISTS would demand the privilege to create one, even if it exists.</summary>
    private static string EnsureSchema(string? schema)
    {
        if (schema is null)
        {
            return "";
        }
        var (name, quoted) = (PostgreSqlText.Literal(schema), PostgreSqlText.Quote(schema));
        var body =
            $"BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = {name}) THEN CREATE SCHEMA {quoted}; END IF; END";
        return $"DO {PostgreSqlText.Literal(body)};\n";
    }
}
