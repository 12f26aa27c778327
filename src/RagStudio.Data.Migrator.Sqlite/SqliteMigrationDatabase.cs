using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>A context's database in a storage.</summary>
internal sealed class SqliteMigrationDatabase(string name, SqliteStorage storage, ISqliteContexts contexts)
    : ISqliteMigrationDatabase
{
    private readonly Lazy<IReadOnlyList<KnownMigration>> _migrations = new(() =>
        KnownMigration.Find(contexts.ContextType, contexts.MigrationsAssembly)
    );

    public string Name { get; } = name;

    public Type ContextType => contexts.ContextType;

    public IDatabaseStorage Storage { get; } = storage;

    public IReadOnlyList<KnownMigration> Migrations => _migrations.Value;

    public string SystemName => "sqlite";

    public string EFProvider => "Microsoft.EntityFrameworkCore.Sqlite";

    public string HistoryTable => contexts.HistoryTable;

    public IReadOnlyList<MigrationOperation> FindRebuilds(IReadOnlyList<MigrationOperation> operations) =>
        SqliteRebuilds.Find(operations);

    public UnfitValues? FindUnfit(AlterColumnOperation operation, ColumnSchema column) =>
        SqliteUnfit.Find(operation, column);

    public IReadOnlyList<SqlStatement> ReadStatements(string sql) => SqliteStatements.Read(sql);

    public async Task<DatabaseSchema> ReplayAsync(
        IReadOnlyList<string> versions,
        DatabaseSchema onto,
        Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor,
        CancellationToken cancellationToken
    )
    {
        using var connection = OpenScratch();
        foreach (var statement in onto.Statements)
        {
            connection.Execute(statement);
        }
        using var connected = Connect(connection);
        await connected.AnnounceAsync().ConfigureAwait(false);
        connection.Execute("PRAGMA foreign_keys = ON");
        var replay = new SqliteReplay(connected.Context, codeFor, cancellationToken);
        foreach (var known in versions.Select(Find))
        {
            await replay.RunAsync(known, known.Create(EFProvider)).ConfigureAwait(false);
        }
        return SqliteSchema.Read(connection, [this]);
    }

    public IMigrationDatabase InStorage(IDatabaseStorage elsewhere) =>
        new SqliteMigrationDatabase(Name, (SqliteStorage)elsewhere, contexts);

    public IReadOnlyDictionary<string, string> Script(IReadOnlyList<string> versions)
    {
        using var connection = OpenScratch();
        using var connected = Connect(connection);
        var commands = new SqliteCommands(connected.Context);
        return versions.ToDictionary(
            version => version,
            version => commands.Script(Find(version).Create(EFProvider)),
            StringComparer.OrdinalIgnoreCase
        );
    }

    public ConnectedContext Connect(SqliteConnection connection) => contexts.Connect(connection);

    /// <summary>A database in memory that nobody else sees and that goes with its connection.</summary>
    private static SqliteConnection OpenScratch()
    {
        var connection = new SqliteConnection("Data Source=:memory:;Pooling=False;Foreign Keys=True");
        connection.Open();
        return connection;
    }

    private KnownMigration Find(string version) =>
        Migrations.First(known => string.Equals(known.Version, version, StringComparison.OrdinalIgnoreCase));
}
