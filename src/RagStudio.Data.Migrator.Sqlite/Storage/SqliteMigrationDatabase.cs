using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Apply;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Validate;
using RagStudio.Data.Migrator.Steps;

namespace RagStudio.Data.Migrator.Sqlite.Storage;

/// <summary>A context's database in a storage.</summary>
internal sealed class SqliteMigrationDatabase(string name, SqliteStorage storage, IContextSource contexts)
    : ISqliteMigrationDatabase
{
    // A rehearsal creates databases with the same contexts: the program's migrations are read only once.
    private Lazy<IReadOnlyList<KnownMigration>> _migrations = new(() =>
        KnownMigration.Find(contexts.ContextType, contexts.MigrationsAssembly)
    );

    private Lazy<CompiledMigrations?> _compiled = new(() =>
        CompiledMigrations.Find(contexts.ContextType, contexts.MigrationsAssembly)
    );

    private Lazy<bool> _mayChangeHistory = new(() => contexts.MayChangeHistory);

    private Lazy<EFHistory> _history = new(() => FindHistory(contexts));

    public string Name { get; } = name;

    public Type ContextType => contexts.ContextType;

    public IDatabaseStorage Storage { get; } = storage;

    public IReadOnlyList<KnownMigration> Migrations => _migrations.Value;

    public string SystemName => "sqlite";

    public string EFProvider => "Microsoft.EntityFrameworkCore.Sqlite";

    public string HistoryTable => contexts.HistoryTable;

    public SqliteOwner Owner => field ??= SqliteOwner.Create(this);

    public bool MayChangeHistory => _mayChangeHistory.Value;

    public EFHistory History => _history.Value;

    public IEnumerable<string> DerivedTables => contexts.DerivedTables;

    public bool CanReplayBesideRun => !contexts.MayHaveOptions;

    public IMigrationDialect Dialect => SqliteDialect.Instance;

    public async Task<DatabaseSchema> ReplayAsync(
        IReadOnlyList<string> versions,
        CompiledSteps? compiled,
        DatabaseSchema onto,
        Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor,
        CancellationToken cancellationToken
    )
    {
        using var connection = OpenScratch(storage.ForeignKeys);
        foreach (var statement in onto.Statements)
        {
            connection.Execute(statement);
        }
        await ReplayAsync(connection, versions, compiled, codeFor, after: _ => { }, cancellationToken)
            .ConfigureAwait(false);
        return SqliteSchema.Read(connection, [this]);
    }

    public async Task ReplayEachAsync(
        IReadOnlyList<string> versions,
        CompiledSteps? compiled,
        Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor,
        Action<string, DatabaseSchema> after,
        CancellationToken cancellationToken
    )
    {
        using var scratch = OpenScratch(storage.ForeignKeys);
        await ReplayAsync(
                scratch,
                versions,
                compiled,
                codeFor,
                version => after(version, SqliteSchema.Read(scratch, [this])),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <param name="connection">The scratch database.</param>
    /// <param name="versions">The migrations.</param>
    /// <param name="compiled">The same; <see langword="null"/> to have EF generate their commands.</param>
    /// <param name="codeFor">Returns the application's code that belongs to a migration.</param>
    /// <param name="after">Called after each migration.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    private async Task ReplayAsync(
        SqliteConnection connection,
        IReadOnlyList<string> versions,
        CompiledSteps? compiled,
        Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor,
        Action<string> after,
        CancellationToken cancellationToken
    )
    {
        using var connected = ConnectFor(compiled, codeFor, connection);
        if (connected is not null)
        {
            await connected.NotifyOpenedAsync().ConfigureAwait(false);
        }
        var steps = new SqliteMigrationSteps(connection, Owner, new SqliteEFHistory(HistoryTable, repository: null));
        var replay = new MigrationReplay(connection, steps, codeFor, cancellationToken);
        foreach (var (version, commands) in Commands(versions, compiled, connected))
        {
            await replay.RunAsync(version, commands).ConfigureAwait(false);
            after(version);
        }
    }

    public IMigrationDatabase InStorage(IDatabaseStorage elsewhere) =>
        new SqliteMigrationDatabase(Name, (SqliteStorage)elsewhere, contexts)
        {
            _migrations = _migrations,
            _compiled = _compiled,
            _mayChangeHistory = _mayChangeHistory,
            _history = _history,
        };

    public IReadOnlyDictionary<string, string> Script(IReadOnlyList<string> versions)
    {
        using var connection = OpenScratch(storage.ForeignKeys);
        using var connected = Connect(connection);
        var sql = new MigrationSql(connected.Context);
        return Known(versions)
            .ToDictionary(
                known => known.Version,
                known => sql.Script(known, EFProvider),
                StringComparer.OrdinalIgnoreCase
            );
    }

    public CompiledMigrations? FindCompiled() => _compiled.Value;

    public CompiledMigrations Compile()
    {
        using var connection = OpenScratch(storage.ForeignKeys);
        using var connected = Connect(connection);
        var compiled = MigrationCompiler.Compile(connected.Context);
        return compiled.WithSchemas(add => Replay(compiled, add));
    }

    /// <summary>Runs compiled migrations in an empty database. SQLite completes each call before it returns.</summary>
    private void Replay(CompiledMigrations compiled, Action<string, DatabaseSchema> add) =>
        ReplayEachAsync(
                [.. Migrations.Select(migration => migration.Version)],
                compiled.StepsFor(Migrations),
                (_, _) => [],
                add,
                CancellationToken.None
            )
            .GetAwaiter()
            .GetResult();

    public IRelationalModel BuildModel()
    {
        using var connected = contexts.Connect(null);
        return connected.Context.GetService<IDesignTimeModel>().Model.GetRelationalModel();
    }

    public ConnectedContext Connect(SqliteConnection connection) => contexts.Connect(connection);

    public ConnectedContext? ConnectFor(
        CompiledSteps? compiled,
        Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor,
        SqliteConnection connection
    ) =>
        compiled is null || compiled.NeedsContext || contexts.AlwaysUseContext || NeedsFunctions(compiled, codeFor)
            ? contexts.Connect(connection)
            : null;

    public IReadOnlyList<string> ReadAppliedByEF(SqliteConnection connection)
    {
        using var connected = Connect(connection);
        return
        [
            .. connected
                .Context.GetService<IHistoryRepository>()
                .GetAppliedMigrations()
                .Select(row => row.MigrationId)
                .Order(StringComparer.OrdinalIgnoreCase),
        ];
    }

    public SqliteEFHistory HistoryChanges(DbContext? connected) =>
        new(
            MayChangeHistory ? History.Table : HistoryTable,
            MayChangeHistory && !History.IsPlain ? connected?.GetService<IHistoryRepository>() : null
        );

    private static EFHistory FindHistory(IContextSource contexts)
    {
        if (!contexts.MayChangeHistory)
        {
            return EFHistory.Plain(contexts.HistoryTable);
        }
        using var scratch = OpenScratch(foreignKeys: null);
        using var connected = contexts.Connect(scratch);
        return EFHistory.Detect(connected.Context.GetService<IHistoryRepository>(), contexts.HistoryTable, scratch);
    }

    /// <summary>A database in memory, visible only to its connection and deleted with it.</summary>
    private static SqliteConnection OpenScratch(bool? foreignKeys)
    {
        var builder = new SqliteConnectionStringBuilder
        {
            DataSource = ":memory:",
            Pooling = false,
            // It affects what a migration does to its own rows.
            ForeignKeys = foreignKeys,
        };
        var connection = new SqliteConnection(builder.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Returns the commands that apply each of the migrations.</summary>
    private IEnumerable<(string Version, IReadOnlyList<CompiledCommand> Commands)> Commands(
        IReadOnlyList<string> versions,
        CompiledSteps? compiled,
        ConnectedContext? connected
    )
    {
        var sql = connected is null ? null : new MigrationSql(connected.Context);
        // A new instance each time, because EF's generator modifies its operations.
        return Known(versions)
            .Select(known =>
                (
                    known.Version,
                    compiled?.CommandsOf(known.Version) ?? CompiledCommand.From(sql!.Up(known.Create(EFProvider)))
                )
            );
    }

    /// <summary>
    /// True if anything may call what EF's provider adds to a context's connections: the <c>REGEXP</c>
    /// operator, functions and a collation for decimals. A constraint from an earlier migration may also do
    /// so.
    /// </summary>
    private bool NeedsFunctions(
        CompiledSteps compiled,
        Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor
    ) =>
        (_compiled.Value?.Migrations ?? compiled.Migrations).Any(EFFunctions.AreCalledBy)
        || Migrations.Any(known => known.Archived is { } archived && EFFunctions.AreCalledBy(archived))
        // The commands of such a migration are not known here.
        || _compiled.Value?.LeftToEF.Count > 0
        || compiled.Migrations.Any(migration =>
            codeFor(migration.Version, CodeMoment.Before).Count + codeFor(migration.Version, CodeMoment.After).Count > 0
        );

    private IEnumerable<KnownMigration> Known(IReadOnlyList<string> versions)
    {
        var byVersion = Migrations.ToDictionary(known => known.Version, StringComparer.OrdinalIgnoreCase);
        return versions.Select(version => byVersion[version]);
    }
}
