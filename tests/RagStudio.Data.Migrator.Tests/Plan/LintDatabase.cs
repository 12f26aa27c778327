using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests.Plan;

/// <summary>
/// A provider for tests of the lint: every AlterColumn and DropColumn copies the table, a type that begins
/// with "small" does not fit everything, and each line of its SQL is a statement, such as "Delete t".
/// </summary>
internal sealed class LintDatabase : IMigrationDatabase, IMigrationDialect
{
    public string Name => "lint";

    public IDatabaseStorage Storage => throw new NotSupportedException();

    public IReadOnlyList<KnownMigration> Migrations => throw new NotSupportedException();

    public string EFProvider => "Lint";

    public IMigrationDialect Dialect => this;

    public string NameOf(string? schema, string table) => schema is null ? table : $"{schema}.{table}";

    public string NameBeside(string table, string name) => table[..(table.LastIndexOf('.') + 1)] + name;

    /// <summary>Quotes names by brackets.</summary>
    public static Quoting Brackets { get; } =
        new(column => $"[{column}]", table => string.Join('.', table.Split('.').Select(part => $"[{part}]")));

    public IReadOnlyList<MigrationOperation> FindRebuilds(IReadOnlyList<MigrationOperation> operations) =>
        [.. operations.Where(operation => operation is AlterColumnOperation or DropColumnOperation)];

    public UnfitValues? FindUnfit(AlterColumnOperation operation, ColumnSchema column) =>
        operation.ColumnType?.StartsWith("small", StringComparison.Ordinal) == true
            ? new UnfitValues($"big({column.Name})", AreLost: operation.ColumnType == "small")
            : null;

    public IReadOnlyList<SqlStatement> ReadStatements(string sql) => [.. sql.Split('\n').Select(Read)];

    public Task<DatabaseSchema> ReplayAsync(
        IReadOnlyList<string> versions,
        CompiledSteps? compiled,
        DatabaseSchema onto,
        Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public IMigrationDatabase InStorage(IDatabaseStorage storage) => throw new NotSupportedException();

    public IReadOnlyDictionary<string, string> Script(IReadOnlyList<string> versions) =>
        throw new NotSupportedException();

    public CompiledMigrations? FindCompiled() => throw new NotSupportedException();

    public CompiledMigrations Compile() => throw new NotSupportedException();

    private static SqlStatement Read(string line)
    {
        var words = line.Split(' ');
        return new SqlStatement(
            Enum.Parse<SqlStatementKind>(words[0]),
            words[1] == "-" ? null : words[1],
            words.ElementAtOrDefault(2),
            words.ElementAtOrDefault(3),
            HasWhere: words[^1] == "where"
        );
    }
}
