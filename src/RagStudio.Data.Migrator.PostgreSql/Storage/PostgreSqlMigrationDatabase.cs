using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Apply;
using RagStudio.Data.Migrator.PostgreSql.Contexts;
using RagStudio.Data.Migrator.PostgreSql.Lint;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.PostgreSql.Validate;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Steps;

namespace RagStudio.Data.Migrator.PostgreSql.Storage;

/// <summary>A context's tables in a database of a server.</summary>
internal sealed class PostgreSqlMigrationDatabase : IPostgreSqlDatabase
{
    private readonly PostgreSqlStorage _storage;
    private readonly IContextSource _contexts;
    private readonly Lazy<IReadOnlyList<KnownMigration>> _migrations;
    private readonly Lazy<CompiledMigrations?> _compiled;
    private readonly Lazy<EFHistory> _history;
    private readonly Lazy<HistoryOwner> _owner;
    private readonly Lazy<IReadOnlySet<string>> _schemas;

    public PostgreSqlMigrationDatabase(
        string name,
        PostgreSqlStorage storage,
        IContextSource contexts,
        PostgreSqlDatabaseOptions options
    )
    {
        (Name, _storage, _contexts, Options) = (name, storage, contexts, options);
        _migrations = new(() => KnownMigration.Find(contexts.ContextType, contexts.MigrationsAssembly));
        _compiled = new(() => CompiledMigrations.Find(contexts.ContextType, contexts.MigrationsAssembly));
        _history = new(FindHistory);
        _owner = new(() => HistoryOwner.Create(contexts.ContextType, History.Table, Migrations));
        // Until a set says which others are in the same storage.
        storage.Holds([this]);
        _schemas = new(() => Contexts.NamedSchemas.In(Migrations.Select(known => known.Create(EFProvider))));
    }

    public string Name { get; }

    public IDatabaseStorage Storage => _storage;

    public PostgreSqlDatabaseOptions Options { get; }

    public Type ContextType => _contexts.ContextType;

    public IReadOnlyList<KnownMigration> Migrations => _migrations.Value;

    public string SystemName => "postgresql";

    public string EFProvider => "Npgsql.EntityFrameworkCore.PostgreSQL";

    public StringComparer Names => StringComparer.Ordinal;

    public IEnumerable<string> DerivedTables => _contexts.DerivedTables;

    public EFHistory History => _history.Value;

    public HistoryOwner Owner => _owner.Value;

    public IReadOnlySet<string> NamedSchemas => _schemas.Value;

    /// <summary>The schema of unqualified names.</summary>
    private string Target => Options.Schema ?? _storage.Target ?? "public";

    public void Configure(NpgsqlDataSourceBuilder connections)
    {
        if (_contexts.MayHaveOptions)
        {
            using var connected = _contexts.Connect(null);
            ContextConnections.Configure(connected.Context, connections);
        }
    }

    public string NameOf(string? schema, string table) => TableName.Format(schema, table, Target);

    public string NameBeside(string table, string name) => TableName.Beside(table, name);

    public async Task<DatabaseSchema> ReplayAsync(
        IReadOnlyList<string> versions,
        CompiledSteps? compiled,
        DatabaseSchema onto,
        Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(onto);
        if (onto.Tables.Count + onto.Views.Count > 0)
        {
            throw new NotSupportedException(
                "PostgreSQL has no statements that would recreate a schema from its catalog."
            );
        }
        if (versions.Count == 0)
        {
            return DatabaseSchema.Empty with { Names = Names };
        }
        DatabaseSchema? last = null;
        await ReplayAsync(
                versions,
                compiled,
                codeFor,
                version => version == versions[^1],
                (_, schema) => last = schema,
                cancellationToken
            )
            .ConfigureAwait(false);
        return last!;
    }

    public Task ReplayEachAsync(
        IReadOnlyList<string> versions,
        CompiledSteps? compiled,
        Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor,
        Action<string, DatabaseSchema> after,
        CancellationToken cancellationToken
    ) => ReplayAsync(versions, compiled, codeFor, _ => true, after, cancellationToken);

    private async Task ReplayAsync(
        IReadOnlyList<string> versions,
        CompiledSteps? compiled,
        Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor,
        Predicate<string> isRead,
        Action<string, DatabaseSchema> after,
        CancellationToken cancellationToken
    )
    {
        var replay = await ScratchReplay
            .CreateAsync(this, _storage.Home, Target, compiled, cancellationToken)
            .ConfigureAwait(false);
        await using (replay.ConfigureAwait(false))
        {
            foreach (var version in versions)
            {
                await replay.RunAsync(version, codeFor, steps: null, cancellationToken).ConfigureAwait(false);
                if (isRead(version))
                {
                    after(
                        version,
                        await SchemaReader
                            .ReadAsync(replay.Connection, [this], Target, cancellationToken)
                            .ConfigureAwait(false)
                    );
                }
            }
        }
    }

    public Task<IReadOnlyList<MigrationFinding>> LintAsync(LintRequest request, CancellationToken cancellationToken) =>
        new ServerLint(this, _storage.Source, Target).RunAsync(request, cancellationToken);

    public IMigrationDatabase InStorage(IDatabaseStorage storage) =>
        new PostgreSqlMigrationDatabase(Name, (PostgreSqlStorage)storage, _contexts, Options);

    public IReadOnlyDictionary<string, string> Script(IReadOnlyList<string> versions)
    {
        using var connected = _contexts.Connect(null);
        var sql = new MigrationSql(connected.Context);
        var byVersion = Migrations.ToDictionary(known => known.Version, StringComparer.OrdinalIgnoreCase);
        return versions.ToDictionary(
            version => version,
            version => sql.Script(byVersion[version], EFProvider),
            StringComparer.OrdinalIgnoreCase
        );
    }

    public CompiledMigrations? FindCompiled() => _compiled.Value;

    public CompiledMigrations Compile()
    {
        using var connected = _contexts.Connect(null);
        return MigrationCompiler.Compile(connected.Context);
    }

    public IRelationalModel BuildModel()
    {
        using var connected = _contexts.Connect(null);
        return connected.Context.GetService<IDesignTimeModel>().Model.GetRelationalModel();
    }

    public ConnectedContext? ConnectFor(CompiledSteps? compiled, NpgsqlConnection connection) =>
        compiled is null || compiled.NeedsContext || _contexts.AlwaysUseContext ? _contexts.Connect(connection) : null;

    private EFHistory FindHistory()
    {
        if (!_contexts.MayChangeHistory)
        {
            return new EFHistory(_contexts.HistorySchema, _contexts.HistoryTable);
        }
        using var connected = _contexts.Connect(null);
        return EFHistory.Detect(connected.Context);
    }
}
