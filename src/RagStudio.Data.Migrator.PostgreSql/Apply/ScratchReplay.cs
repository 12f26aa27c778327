using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Steps;

namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>Runs migrations in a scratch database, which disposing it drops.</summary>
internal sealed class ScratchReplay : IAsyncDisposable
{
    private readonly IPostgreSqlDatabase _database;
    private readonly ScratchDatabase? _scratch;
    private readonly CompiledSteps? _compiled;
    private readonly ConnectedContext? _connected;
    private readonly string _target;

    private ScratchReplay(
        IPostgreSqlDatabase database,
        NpgsqlConnection connection,
        ScratchDatabase? scratch,
        CompiledSteps? compiled,
        string target
    ) =>
        (_database, Connection, _scratch, _compiled, _target, _connected) = (
            database,
            connection,
            scratch,
            compiled,
            target,
            database.ConnectFor(compiled, connection)
        );

    public NpgsqlConnection Connection { get; }

    /// <param name="database">The database that the migrations belong to.</param>
    /// <param name="source">Connects to it.</param>
    /// <param name="target">The schema of unqualified names.</param>
    /// <param name="compiled">The migrations; <see langword="null"/> to have EF generate their commands.</param>
    /// <param name="cancellationToken">Stops the creation.</param>
    /// <exception cref="NotSupportedException">The role must not create databases.</exception>
    public static async Task<ScratchReplay> CreateAsync(
        IPostgreSqlDatabase database,
        ConnectionSource source,
        string target,
        CompiledSteps? compiled,
        CancellationToken cancellationToken
    )
    {
        var scratch = await ScratchDatabase
            .CreateAsync(source, database.Configure, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            await scratch.SetTargetAsync(target, cancellationToken).ConfigureAwait(false);
            return await BeginAsync(new ScratchReplay(database, scratch.Connection, scratch, compiled, target))
                .ConfigureAwait(false);
        }
        catch
        {
            await scratch.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Replays in a scratch database that is there already, and stays.</summary>
    /// <param name="database">The database that the migrations belong to.</param>
    /// <param name="scratch">The open connection, whose unqualified names are in the target.</param>
    /// <param name="target">The schema of unqualified names.</param>
    /// <param name="compiled">The migrations; <see langword="null"/> to have EF generate their commands.</param>
    public static Task<ScratchReplay> InAsync(
        IPostgreSqlDatabase database,
        NpgsqlConnection scratch,
        string target,
        CompiledSteps? compiled
    ) => BeginAsync(new ScratchReplay(database, scratch, scratch: null, compiled, target));

    /// <param name="version">The migration to run.</param>
    /// <param name="codeFor">Returns the application's code that belongs to it.</param>
    /// <param name="steps">Runs its commands; <see langword="null"/> to run them as EF does.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunAsync(
        string version,
        Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor,
        IMigrationStepProvider? steps,
        CancellationToken cancellationToken
    )
    {
        var replay = new MigrationReplay(
            Connection,
            steps ?? new PostgreSqlMigrationSteps(Connection, _database, _target),
            codeFor,
            cancellationToken
        );
        try
        {
            await replay.RunAsync(version, CommandsOf(version)).ConfigureAwait(false);
        }
        catch (PostgresException waited) when (waited.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new NotSupportedException(
                $"the migration '{version}' waits for a change of what all databases of the server share ({waited.MessageText})",
                waited
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        _connected?.Dispose();
        if (_scratch is not null)
        {
            await _scratch.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<ScratchReplay> BeginAsync(ScratchReplay replay)
    {
        if (replay._connected is not null)
        {
            await replay._connected.NotifyOpenedAsync().ConfigureAwait(false);
        }
        return replay;
    }

    /// <summary>Creates a new instance of the migration, because EF's generator modifies its operations.</summary>
    private IReadOnlyList<CompiledCommand> CommandsOf(string version) =>
        _compiled?.CommandsOf(version)
        ?? CompiledCommand.From(
            new MigrationSql(_connected!.Context).Up(
                _database
                    .Migrations.Single(known =>
                        string.Equals(known.Version, version, StringComparison.OrdinalIgnoreCase)
                    )
                    .Create(_database.EFProvider)
            )
        );
}
