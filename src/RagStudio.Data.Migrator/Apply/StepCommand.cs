using System.Data.Common;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data.Migrator;

/// <summary>One command of a migration, whether EF has just generated it or it was compiled.</summary>
public sealed class StepCommand
{
    private readonly Func<DbTransaction?, CancellationToken, Task<int>> _execute;

    private StepCommand(
        string text,
        bool transactionSuppressed,
        Func<DbTransaction?, CancellationToken, Task<int>> execute
    ) => (CommandText, TransactionSuppressed, _execute) = (text, transactionSuppressed, execute);

    /// <summary>The SQL.</summary>
    public string CommandText { get; }

    /// <summary>Whether it cannot run within a transaction.</summary>
    public bool TransactionSuppressed { get; }

    /// <summary>A command that runs as EF runs it, seen by its interceptors and its log.</summary>
    internal static StepCommand Of(MigrationCommand command, IRelationalConnection connection) =>
        new(
            command.CommandText,
            command.TransactionSuppressed,
            (_, token) => command.ExecuteNonQueryAsync(connection, cancellationToken: token)
        );

    /// <summary>A command that runs on a connection of which EF need not know.</summary>
    internal static StepCommand Of(CompiledCommand command, DbConnection connection) =>
        new(
            command.Sql,
            command.SuppressTransaction,
            (transaction, token) => ExecuteAsync(command.Sql, connection, transaction, token)
        );

    /// <summary>The same command within the transaction.</summary>
    internal StepCommand InTransaction() => new(CommandText, transactionSuppressed: false, _execute);

    internal Task<int> ExecuteAsync(DbTransaction? transaction, CancellationToken cancellationToken) =>
        _execute(transaction, cancellationToken);

    private static async Task<int> ExecuteAsync(
        string sql,
        DbConnection connection,
        DbTransaction? transaction,
        CancellationToken cancellationToken
    )
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            command.Transaction = transaction;
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
