using System.Data.Common;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>One command of a migration, whether EF has just generated it or it was compiled.</summary>
public sealed class StepCommand
{
    private readonly Func<DbTransaction?, CancellationToken, Task<int>> _execute;

    /// <summary>Makes another command that runs in the same way.</summary>
    private readonly Func<string, StepCommand> _withText;

    private StepCommand(
        string text,
        bool transactionSuppressed,
        Func<DbTransaction?, CancellationToken, Task<int>> execute,
        Func<string, StepCommand> withText
    ) => (CommandText, TransactionSuppressed, _execute, _withText) = (text, transactionSuppressed, execute, withText);

    /// <summary>The SQL.</summary>
    public string CommandText { get; }

    /// <summary>Whether it cannot run within a transaction.</summary>
    public bool TransactionSuppressed { get; }

    /// <summary>Something that a provider does itself between commands, within the transaction.</summary>
    /// <param name="text">The SQL in whose place it is done.</param>
    /// <param name="work">Does it.</param>
    /// <returns>The command.</returns>
    public static StepCommand Of(string text, Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new StepCommand(
            text,
            transactionSuppressed: false,
            (_, _) =>
            {
                work();
                return Task.FromResult(0);
            },
            _ => throw new NotSupportedException("What a provider does itself has no parts.")
        );
    }

    /// <summary>The same command within the transaction.</summary>
    /// <returns>The command.</returns>
    public StepCommand InTransaction() => new(CommandText, transactionSuppressed: false, _execute, _withText);

    /// <summary>A part of the command, within the transaction, run and seen as the whole one would be.</summary>
    /// <param name="sql">The SQL of the part.</param>
    /// <returns>The command.</returns>
    public StepCommand Part(string sql) => _withText(sql);

    /// <summary>A command that runs as EF runs it, seen by its interceptors and its log.</summary>
    internal static StepCommand Of(MigrationCommand command, IRelationalConnection connection, RawCommands raw) =>
        new(
            command.CommandText,
            command.TransactionSuppressed,
            (_, token) => command.ExecuteNonQueryAsync(connection, cancellationToken: token),
            sql => Of(raw.Build(sql), connection, raw)
        );

    /// <summary>A command that runs on a connection of which EF need not know.</summary>
    internal static StepCommand Of(CompiledCommand command, DbConnection connection) =>
        new(
            command.Sql,
            command.SuppressTransaction,
            (transaction, token) => ExecuteAsync(command.Sql, connection, transaction, token),
            sql => Of(new CompiledCommand(sql), connection)
        );

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
