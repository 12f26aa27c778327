using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>One migration while it runs on a connection.</summary>
internal sealed class SqliteMigrationStep : IMigrationStepScope
{
    private readonly SqliteConnection connection;
    private readonly SqliteInterrupt interrupt;
    private readonly bool rebuilds;
    private ForeignKeyGate? gate;

    public SqliteMigrationStep(
        SqliteConnection connection,
        TimeSpan limit,
        IReadOnlyList<MigrationCommand> commands,
        CancellationToken cancellationToken
    )
    {
        this.connection = connection;
        Commands = [.. commands.Where(command => !IsForeignKeySwitch(command))];
        rebuilds = Commands.Count < commands.Count;
        interrupt = new SqliteInterrupt(connection, limit, cancellationToken);
    }

    public IReadOnlyList<MigrationCommand> Commands { get; }

    public CancellationToken Token => interrupt.Token;

    public bool TimedOut => interrupt.TimedOut;

    public void Begin()
    {
        if (!rebuilds)
            return;
        gate = ForeignKeyGate.Open(connection);
        connection.Execute("PRAGMA foreign_keys = OFF");
    }

    public Task CommittingAsync(DbTransaction transaction, MigrationRecord record, CancellationToken cancellationToken)
    {
        gate?.Check();
        SqliteHistory.Append(connection, (SqliteTransaction)transaction, record);
        return Task.CompletedTask;
    }

    public void End()
    {
        interrupt.Dispose();
        if (rebuilds)
            connection.Execute("PRAGMA foreign_keys = ON");
    }

    public ValueTask DisposeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }

    private static bool IsForeignKeySwitch(MigrationCommand command) =>
        command.TransactionSuppressed
        && command.CommandText.TrimStart().StartsWith("PRAGMA foreign_keys", StringComparison.OrdinalIgnoreCase);
}
