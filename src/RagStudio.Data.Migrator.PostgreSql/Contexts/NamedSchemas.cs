using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.PostgreSql.Contexts;

/// <summary>Finds the schemas that the operations of migrations name.</summary>
internal static class NamedSchemas
{
    private static readonly string[] Properties = ["Schema", "NewSchema", "PrincipalSchema"];

    public static IReadOnlySet<string> In(IEnumerable<Migration> migrations) =>
        migrations.SelectMany(migration => migration.UpOperations).SelectMany(In).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> In(MigrationOperation operation)
    {
        var own = Properties.Select(property => operation.GetType().GetProperty(property)?.GetValue(operation));
        return operation switch
        {
            EnsureSchemaOperation ensured => [ensured.Name],
            CreateTableOperation table => own.OfType<string>().Concat(table.ForeignKeys.SelectMany(In)),
            _ => own.OfType<string>(),
        };
    }
}
