using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Sqlite.Tests;

/// <summary>The contracts' application on SQLite files.</summary>
public sealed class SqliteHarness : IProviderHarness
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _copies = new();
    private int _files;

    private string NotesPath => PathOf("notes");

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

    public string NewFile() => _copies.Combine($"copy{++_files}.db");

    public Task<IDatabaseStorage> NewScratchAsync(IDatabaseStorage original) => Task.FromResult(original.At(NewFile()));

    public void AddNotes(params string[] notes)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        foreach (var note in notes)
        {
            Insert(connection, transaction, note);
        }
        transaction.Commit();
    }

    public void BreakReference() => Execute("INSERT INTO notes (text, answers) VALUES ('answer', 4711)");

    public void ChangeHistory(long id, string detail) =>
        Execute("UPDATE __migrator_history SET detail = $1 WHERE id = $0", id, detail);

    public void RemoveHistory(long id) => Execute("DELETE FROM __migrator_history WHERE id = $0", id);

    public void Execute(string sql) => Execute(sql, []);

    public IReadOnlyList<string> Notes()
    {
        using var connection = Open();
        using var tables = new SqliteCommand("SELECT count(*) FROM sqlite_master WHERE name = 'notes'", connection);
        return (long)tables.ExecuteScalar()! == 0 ? [] : Notes(connection);
    }

    public Task AddNoteAsync(MigrationCodeContext context, string note)
    {
        Insert((SqliteConnection)context.Connection, (SqliteTransaction)context.Transaction, note);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _folder.Dispose();
        _copies.Dispose();
    }

    private string PathOf(string place) => _folder.Combine(place + ".db");

    private IMigrationDatabase Create<TContext>(string name, string place)
        where TContext : DbContext
    {
        var services = new ServiceCollection();
        services
            .AddMigrator()
            .AddSqliteDatabase<TContext>(
                name,
                // The provider's own default makes a reader wait 30 s for a lock.
                $"Data Source={PathOf(place)};Default Timeout=1",
                options => options.MigrationsHistoryTable = "__EFMigrationsHistory_" + name
            );
        return services.BuildServiceProvider().GetRequiredService<IMigrationDatabase>();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={NotesPath};Pooling=False;Foreign Keys=False");
        connection.Open();
        return connection;
    }

    private void Execute(string sql, params object[] values)
    {
        using var connection = Open();
        using var command = new SqliteCommand(sql, connection);
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i}", values[i]);
        }
        command.ExecuteNonQuery();
    }

    private static void Insert(SqliteConnection connection, SqliteTransaction transaction, string note)
    {
        using var insert = new SqliteCommand("INSERT INTO notes (text) VALUES ($text)", connection, transaction);
        insert.Parameters.AddWithValue("$text", note);
        insert.ExecuteNonQuery();
    }

    private static List<string> Notes(SqliteConnection connection)
    {
        using var select = new SqliteCommand("SELECT text FROM notes ORDER BY id", connection);
        using var reader = select.ExecuteReader();
        var notes = new List<string>();
        while (reader.Read())
        {
            notes.Add(reader.GetString(0));
        }
        return notes;
    }
}
