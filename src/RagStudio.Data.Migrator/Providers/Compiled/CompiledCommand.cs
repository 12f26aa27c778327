using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>One command of a compiled migration.</summary>
/// <param name="Sql">What is run.</param>
/// <param name="SuppressTransaction">Whether it cannot run within a transaction.</param>
public sealed record CompiledCommand(string Sql, bool SuppressTransaction = false)
{
    /// <summary>Commands that EF has just generated.</summary>
    /// <param name="generated">The commands.</param>
    /// <returns>The same commands, without what EF needs to run them.</returns>
    public static IReadOnlyList<CompiledCommand> Of(IEnumerable<MigrationCommand> generated) =>
        [.. generated.Select(command => new CompiledCommand(command.CommandText, command.TransactionSuppressed))];
}
