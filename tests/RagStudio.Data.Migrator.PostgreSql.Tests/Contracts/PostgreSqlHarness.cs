using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>The contracts' application on a server. Each place is a database, which the migrator creates.</summary>
public sealed class PostgreSqlHarness : IProviderHarness
{
    private readonly PostgresServer _server = ServersOfTheRun.SharedAsync().GetAwaiter().GetResult();
    private readonly string _prefix = $"c_{Guid.NewGuid():N}_";
    private readonly TemporaryFolder _files = new();
    private readonly List<IScratch> _scratch = [];

    public IMigrationDatabase Database(ContractRelease release, string place = "notes") =>
        release switch
        {
            ContractRelease.First => Create<FirstContractContext>("notes", place),
            ContractRelease.Gap => Create<GapContractContext>("notes", place),
            ContractRelease.Current => Create<CurrentContractContext>("notes", place),
            ContractRelease.Failing => Create<FailingContractContext>("notes", place),
            ContractRelease.Endless => Create<EndlessContractContext>("notes", place),
            ContractRelease.Indexed => Create<IndexedContractContext>("notes", place),
            _ => Create<OtherContractContext>("others", place),
        };

    public void AddNotes(params string[] notes) => Execute("INSERT INTO notes (text) SELECT unnest($1)", [notes]);

    public async Task<IDatabaseStorage> NewScratchAsync(IDatabaseStorage original)
    {
        var scratch = await original.Scratch!.CreateAsync("run", default);
        _scratch.Add(scratch);
        return await scratch.ReserveAsync(original, "notes", target: null, default);
    }

    /// <summary>PostgreSQL keeps references by triggers, which only a superuser can switch off.</summary>
    public void BreakReference() =>
        Execute(
            "SET session_replication_role = replica; INSERT INTO notes (text, answers) VALUES ('answer', 4711); RESET session_replication_role"
        );

    public void ChangeHistory(long id, string detail) =>
        Execute("UPDATE __migrator_history SET detail = $2 WHERE id = $1", id, detail);

    public void RemoveHistory(long id) => Execute("DELETE FROM __migrator_history WHERE id = $1", id);

    public void Execute(string sql) => Execute(sql, []);

    public IReadOnlyList<string> Notes()
    {
        using var connection = Open();
        using var select = new NpgsqlCommand("SELECT text FROM notes ORDER BY id", connection);
        try
        {
            using var reader = select.ExecuteReader();
            var notes = new List<string>();
            while (reader.Read())
            {
                notes.Add(reader.GetString(0));
            }
            return notes;
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return [];
        }
    }

    public async Task AddNoteAsync(MigrationCodeContext context, string note)
    {
        await using var insert = new NpgsqlCommand(
            "INSERT INTO notes (text) VALUES ($1)",
            (NpgsqlConnection)context.Connection,
            (NpgsqlTransaction)context.Transaction
        );
        insert.Parameters.AddWithValue(note);
        await insert.ExecuteNonQueryAsync();
    }

    public string NewFile() => _files.Combine($"{Guid.NewGuid():N}.dump");

    /// <summary>Drops them, and those that a restore has replaced.</summary>
    public void Dispose()
    {
        _files.Dispose();
        foreach (var scratch in _scratch)
        {
            scratch.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        using var connection = new NpgsqlConnection(_server.ConnectionString);
        connection.Open();
        foreach (var database in Databases(connection))
        {
            using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS \"{database}\" WITH (FORCE)", connection);
            drop.ExecuteNonQuery();
        }
    }

    private List<string> Databases(NpgsqlConnection connection)
    {
        using var select = new NpgsqlCommand(
            "SELECT datname FROM pg_database WHERE starts_with(datname, $1)",
            connection
        );
        select.Parameters.AddWithValue(_prefix);
        using var reader = select.ExecuteReader();
        var databases = new List<string>();
        while (reader.Read())
        {
            databases.Add(reader.GetString(0));
        }
        return databases;
    }

    private IMigrationDatabase Create<TContext>(string name, string place)
        where TContext : DbContext
    {
        var services = new ServiceCollection();
        services
            .AddMigrator()
            .AddPostgreSqlDatabase<TContext>(
                name,
                _server.ConnectionStringFor(_prefix + place),
                options =>
                {
                    options.MigrationsHistoryTable = "__EFMigrationsHistory_" + name;
                    // A place in folders that do not exist is one that cannot be used.
                    options.CreateDatabase = !place.Contains('/', StringComparison.Ordinal);
                }
            );
        return services.BuildServiceProvider().GetRequiredService<IMigrationDatabase>();
    }

    private NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(_server.ConnectionStringFor(_prefix + "notes") + ";Pooling=false");
        connection.Open();
        return connection;
    }

    private void Execute(string sql, params object[] values)
    {
        using var connection = Open();
        using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }
        command.ExecuteNonQuery();
    }
}
