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

    public string EFProvider => "Microsoft.EntityFrameworkCore.Sqlite";

    public string HistoryTable { get; } = options.MigrationsHistoryTable;

    public IReadOnlyList<MigrationOperation> FindRebuilds(IReadOnlyList<MigrationOperation> operations) =>
        SqliteRebuilds.Find(operations);

    public UnfitValues? FindUnfit(AlterColumnOperation operation, ColumnSchema column) =>
        SqliteUnfit.Find(operation, column);

    public IReadOnlyList<SqlStatement> ReadStatements(string sql) => SqliteStatements.Read(sql);

    public Task<DatabaseSchema> ReplayAsync(
        IReadOnlyList<string> applied,
        Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor,
        CancellationToken cancellationToken
    ) => Task.FromResult(DatabaseSchema.Empty);

    public IMigrationDatabase InStorage(IDatabaseStorage elsewhere) =>
        new SqliteMigrationDatabase<TContext>(Name, (SqliteStorage)elsewhere, options, services);

    public IReadOnlyDictionary<string, string> Script(IReadOnlyList<string> versions) =>
        new Dictionary<string, string>();

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
        return ActivatorUtilities.CreateInstance<TContext>(services, builder.Options);
    }
}
