using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>A context's database in a storage.</summary>
internal sealed class SqliteMigrationDatabase<TContext>(
    string name,
    SqliteStorage storage,
    SqliteDatabaseOptions options,
    IServiceProvider services
) : ISqliteMigrationDatabase
    where TContext : DbContext
{
    private readonly Lazy<IReadOnlyList<KnownMigration>> _migrations = new(() =>
        KnownMigration.Find(typeof(TContext), options.MigrationsAssembly ?? typeof(TContext).Assembly)
    );

    public string Name { get; } = name;

    public IDatabaseStorage Storage { get; } = storage;

    public IReadOnlyList<KnownMigration> Migrations => _migrations.Value;

    public string SystemName => "sqlite";

    public string EFProvider => "Microsoft.EntityFrameworkCore.Sqlite";

    public string HistoryTable { get; } = options.MigrationsHistoryTable;

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
        var context = CreateContext(connection, _ => { });
        await using (context.ConfigureAwait(false))
        {
            var replay = new SqliteReplay(context, codeFor, cancellationToken);
            foreach (var known in versions.Select(Find))
            {
                await replay.RunAsync(known, known.Create(EFProvider)).ConfigureAwait(false);
            }
        }
        return SqliteSchema.Read(connection, [this]);
    }

    public IMigrationDatabase InStorage(IDatabaseStorage elsewhere) =>
        new SqliteMigrationDatabase<TContext>(Name, (SqliteStorage)elsewhere, options, services);

    public IReadOnlyDictionary<string, string> Script(IReadOnlyList<string> versions)
    {
        using var connection = OpenScratch();
        using var context = CreateContext(connection, _ => { });
        var commands = new SqliteCommands(context);
        return versions.ToDictionary(
            version => version,
            version => commands.Script(Find(version).Create(EFProvider)),
            StringComparer.OrdinalIgnoreCase
        );
    }

    public DbContext CreateContext(SqliteConnection connection, Action<DbContextOptionsBuilder> configure)
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        builder.UseSqlite(
            connection,
            sqlite =>
            {
                sqlite.MigrationsHistoryTable(HistoryTable);
                if (options.MigrationsAssembly is not null)
                {
                    sqlite.MigrationsAssembly(options.MigrationsAssembly);
                }
            }
        );
        options.ConfigureContext?.Invoke(builder);
        configure(builder);
        return options.CreateContext is { } create
            ? Connected(create(builder.Options), connection)
            : ActivatorUtilities.CreateInstance<TContext>(services, builder.Options);
    }

    /// <summary>Gives a context its connection, whatever it has configured itself.</summary>
    private static DbContext Connected(DbContext context, SqliteConnection connection)
    {
        context.Database.SetDbConnection(connection);
        return context;
    }

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
