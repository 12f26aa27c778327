namespace RagStudio.Data.Benchmarks;

/// <summary>The source of an application's data assembly: a context with its entities, migrations and snapshot.</summary>
internal static class ContextSource
{
    private const string Usings = """
        using System;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Infrastructure;
        using Microsoft.EntityFrameworkCore.Metadata.Builders;
        using Microsoft.EntityFrameworkCore.Migrations;
        using Microsoft.Extensions.DependencyInjection;
        using RagStudio.Data.Benchmarks;
        using RagStudio.Data.Migrator;
        namespace Generated;

        """;

    /// <summary>
    /// Generates a file for the context, one for each migration, and one for the shared parts of their target
    /// models.
    /// </summary>
    public static IEnumerable<string> Of(
        Engine engine,
        IReadOnlyList<GeneratedTable> tables,
        IEnumerable<GeneratedMigration> migrations,
        SharedModelParts? shared
    )
    {
        var usings = $"#nullable disable\n{engine.Using}\n{Usings}";
        yield return usings + Context(engine, tables);
        yield return usings + Snapshot(tables);
        foreach (var migration in migrations)
        {
            yield return usings + Migration(migration);
        }
        if (shared is not null)
        {
            yield return usings + shared.ToSource();
        }
    }

    private static string Context(Engine engine, IReadOnlyList<GeneratedTable> tables) =>
        $$"""
            {{string.Join("\n", tables.Select(Entity))}}
            public sealed class GeneratedContext(DbContextOptions<GeneratedContext> options) : DbContext(options)
            {
                protected override void OnModelCreating(ModelBuilder modelBuilder)
                {
                    {{ModelSource.Of(tables, withClasses: true)}}
                }
            }
            internal sealed class EFAlone : IGeneratedContext
            {
                public DbContext Create(string connectionString) =>
                    new GeneratedContext(new DbContextOptionsBuilder<GeneratedContext>().{{engine.Use}}(connectionString).Options);
            }
            internal sealed class Migrated : IGeneratedSet
            {
                public void AddTo(MigratorBuilder builder, string connectionString) =>
                    builder.{{engine.Add}}("generated", connectionString);
            }
            """;

    private static string Entity(GeneratedTable table) =>
        $$"""
            public sealed class {{table.Entity}}
            {
                public int Id { get; set; }
                {{(table.Parent is null ? "" : "public int? ParentId { get; set; }")}}
                {{string.Join(
                "\n",
                table.Columns.Select(column => $"public {column.PropertyType} {column.Name} {{ get; set; }}")
            )}}
            }
            """;

    private static string Snapshot(IReadOnlyList<GeneratedTable> tables) =>
        $$"""
            [DbContext(typeof(GeneratedContext))]
            internal sealed class GeneratedContextModelSnapshot : ModelSnapshot
            {
                protected override void BuildModel(ModelBuilder modelBuilder)
                {
                    {{ModelSource.Of(tables, withClasses: false)}}
                }
            }
            """;

    private static string Migration(GeneratedMigration migration) =>
        $$"""
            [DbContext(typeof(GeneratedContext))]
            [Migration("{{migration.Id}}")]
            public sealed class {{migration.ClassName}} : Migration
            {
                protected override void Up(MigrationBuilder migrationBuilder)
                {
                    {{migration.Up}}
                }

                protected override void Down(MigrationBuilder migrationBuilder)
                {
                    {{migration.Down}}
                }

                protected override void BuildTargetModel(ModelBuilder modelBuilder)
                {
                    {{migration.TargetModel}}
                }
            }
            """;
}
