using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Migrator.Tests;

/// <summary>A set of fake databases with a fake clock. Their first migration, "1", creates the table "rows".</summary>
internal sealed class FakeSet(bool isTransactional = false) : IDisposable
{
    private const string Rows = "rows";

    private readonly TemporaryFolder _folder = new();
    private readonly FakeServer _server = new(isTransactional);
    private readonly Dictionary<string, FakeStorage> _storages = [];

    public FakeCalls Calls { get; } = new();

    public FakeTime Time { get; } = new();

    public FakeServer Server => _server;

    public string Backups => _folder.Combine("backups");

    /// <summary>The journal of every set whose first database is "shop".</summary>
    public FakeJournal Journal => _server.JournalOf(FakeServer.KeyOf("shop"));

    public FakeStorage Storage(string name)
    {
        _storages.TryAdd(name, new FakeStorage(_server, FakeServer.KeyOf(name), Calls));
        return _storages[name];
    }

    /// <summary>A database in a storage of the same name.</summary>
    public FakeDatabase Database(string name, params IReadOnlyList<FakeMigration> later) =>
        new(name, Storage(name), [FakeMigration.Table("1", Rows), .. later]);

    public static FakeMigration AddRow(string version, string row) => FakeMigration.Row(version, Rows, row);

    public IMigrationManager Manager(params FakeDatabase[] databases) => Manager(_ => { }, databases);

    public IMigrationManager Manager(Action<MigrationOptions> configure, params FakeDatabase[] databases) =>
        Services(configure, _ => { }, databases).GetRequiredService<IMigrationManager>();

    /// <summary>An application's services.</summary>
    public ServiceProvider Services(
        Action<MigrationOptions> configure,
        Action<IServiceCollection> add,
        params FakeDatabase[] databases
    )
    {
        var services = new ServiceCollection();
        add(services);
        services.AddSingleton<TimeProvider>(Time);
        var migrator = services.AddMigrator(options =>
        {
            options.BackupDirectory = Backups;
            configure(options);
        });
        foreach (var database in databases)
        {
            migrator.AddDatabase(database.Name, _ => database);
        }
        return services.BuildServiceProvider();
    }

    /// <summary>Brings databases to version 1, with the row "mine", and clears the recorded calls.</summary>
    public async Task CreateAsync(params string[] names)
    {
        await Manager([.. names.Select(name => Database(name))]).MigrateAsync();
        foreach (var name in names)
        {
            Add(name, "mine");
        }
        Calls.Clear();
    }

    /// <summary>Adds a row as an application would.</summary>
    public void Add(string name, string row)
    {
        var content = Storage(name).Read();
        content.Tables[Rows].Add(row);
        Storage(name).Write(content);
    }

    /// <summary>The applied migrations and the rows, such as "1 2 | mine two".</summary>
    public string State(string name)
    {
        var content = Storage(name).Read();
        var rows = content.Tables.GetValueOrDefault(Rows) ?? [];
        return $"{string.Join(' ', content.AppliedTo(name))} | {string.Join(' ', rows)}";
    }

    public IReadOnlyList<MigrationRecord> History(string name) => Storage(name).Read().History;

    public void Dispose() => _folder.Dispose();
}
