using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Sqlite;

namespace RagStudio.Data.Testing;

/// <summary>A folder with an application's databases, read and written without the code under test.</summary>
public sealed class Shop : IDisposable
{
    private readonly TemporaryFolder? _own;

    private readonly bool _isCompiled;
    private readonly string? _outdated;
    private readonly string? _border;

    /// <summary>Creates a shop in a new folder.</summary>
    /// <param name="isCompiled">True if the application embeds compiled migrations.</param>
    public Shop(bool isCompiled = false)
    {
        _isCompiled = isCompiled;
        _own = new TemporaryFolder();
        Folder = _own.Path;
    }

    /// <summary>Opens a shop in a folder that is kept when the shop is disposed.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isCompiled">True if the application embeds compiled migrations.</param>
    /// <param name="outdated">The migration that was changed after it was compiled.</param>
    /// <param name="border">The migration before which all are archived.</param>
    public Shop(string folder, bool isCompiled = false, string? outdated = null, string? border = null) =>
        (Folder, _isCompiled, _outdated, _border) = (folder, isCompiled, outdated, border);

    public string Folder { get; }

    public string Backups => Path.Combine(Folder, "backups");

    public string Journal => PathOf("shop") + ".run-journal";

    public string PathOf(string database) => Path.Combine(Folder, database + ".db");

    /// <summary>Creates a migrator for one database.</summary>
    public IMigrationManager Manager<TContext>(Action<MigrationOptions>? configure = null)
        where TContext : DbContext => Manager(configure, migrator => Add<TContext>(migrator, "shop"));

    /// <summary>Creates a migrator for two databases, "shop" and "archive".</summary>
    public IMigrationManager Manager<TShop, TArchive>(Action<MigrationOptions>? configure = null)
        where TShop : DbContext
        where TArchive : DbContext =>
        Manager(
            configure,
            migrator =>
            {
                Add<TShop>(migrator, "shop");
                Add<TArchive>(migrator, "archive");
            }
        );

    /// <summary>Creates a migrator of one release for both databases, "shop" and "archive".</summary>
    public IMigrationManager Manager(ShopRelease release, Action<MigrationOptions>? configure = null) =>
        release switch
        {
            ShopRelease.First => Manager<FirstShopContext, FirstShopContext>(configure),
            ShopRelease.Revertible => Manager<RevertibleShopContext, RevertibleShopContext>(configure),
            ShopRelease.Slow => Manager<SlowShopContext, SlowShopContext>(configure),
            _ => Manager<ShopContext, ShopContext>(configure),
        };

    public static IMigrationManager Manager(Action<MigrationOptions>? configure, Action<MigratorBuilder> databases)
    {
        var services = new ServiceCollection();
        databases(services.AddMigrator(configure));
        return services.BuildServiceProvider().GetRequiredService<IMigrationManager>();
    }

    public SqliteConnection Open(string database = "shop")
    {
        var connection = new SqliteConnection($"Data Source={PathOf(database)};Pooling=False;Foreign Keys=True");
        connection.Open();
        return connection;
    }

    public void Execute(string sql, string database = "shop")
    {
        using var connection = Open(database);
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public T Scalar<T>(string sql, string database = "shop")
    {
        using var connection = Open(database);
        using var command = new SqliteCommand(sql, connection);
        return (T)command.ExecuteScalar()!;
    }

    public IReadOnlyList<string> Column(string sql, string database = "shop")
    {
        using var connection = Open(database);
        using var command = new SqliteCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    /// <summary>Returns everything in a database that SQL can see, except the migrator's own tables.</summary>
    public string Dump(string database = "shop")
    {
        var tables = Column(
            @"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\_\_migrator\_%' ESCAPE '\' AND name NOT LIKE 'sqlite_%' ORDER BY 1",
            database
        );
        var schema = Column(
            @"SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_master WHERE tbl_name NOT LIKE '\_\_migrator\_%' ESCAPE '\' AND name <> 'sqlite_sequence' ORDER BY 1",
            database
        );
        return string.Join('\n', schema.Concat(tables.SelectMany(table => Rows(table, database))));
    }

    /// <summary>The names, sizes and times of all files.</summary>
    public IReadOnlyList<string> Files() =>
        [
            .. new DirectoryInfo(Folder)
                .EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc:O}")
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Creates a database of the first release with orders and their lines.</summary>
    public async Task CreateFirstReleaseAsync(int orders, string database = "shop")
    {
        await Manager(null, migrator => Add<FirstShopContext>(migrator, database)).MigrateAsync();
        Execute(
            $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {orders})
            INSERT INTO orders (id, customer) SELECT i, ' customer ' || i FROM n;
            INSERT INTO order_lines (order_id) SELECT id FROM orders;
            """,
            database
        );
    }

    public void Dispose() => _own?.Dispose();

    private void Add<TContext>(MigratorBuilder migrator, string name)
        where TContext : DbContext =>
        migrator.AddSqliteDatabase<TContext>(
            name,
            $"Data Source={PathOf(name)}",
            options =>
                options.MigrationsAssembly =
                    _border is not null ? ArchivedAssembly.Of<TContext>(_border, _isCompiled)
                    : _isCompiled ? Compiled<TContext>()
                    : null
        );

    private CompiledAssembly Compiled<TContext>()
        where TContext : DbContext =>
        CompiledAssembly.Of<TContext>(text => _outdated is null ? text : CompiledAssembly.Outdate(text, _outdated));

    private List<string> Rows(string table, string database)
    {
        using var connection = Open(database);
        using var command = new SqliteCommand($"SELECT * FROM \"{table}\" ORDER BY 1", connection);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(
                table + ": " + string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i)))
            );
        }

        return rows;
    }
}
