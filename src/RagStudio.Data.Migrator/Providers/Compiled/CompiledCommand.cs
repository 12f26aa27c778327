using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>A command of a compiled migration.</summary>
/// <param name="Sql">The SQL to run.</param>
/// <param name="SuppressTransaction">True if it cannot run within a transaction.</param>
public sealed record CompiledCommand(string Sql, bool SuppressTransaction = false)
{
    /// <summary>Converts commands that EF has just generated.</summary>
    /// <param name="generated">The commands.</param>
    /// <returns>The same commands, without what EF needs to run them.</returns>
    public static IReadOnlyList<CompiledCommand> From(IEnumerable<MigrationCommand> generated) =>
        [.. generated.Select(command => new CompiledCommand(command.CommandText, command.TransactionSuppressed))];
}
