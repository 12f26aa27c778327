using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Habits;

/// <summary>A full-text index over a table that a later migration rebuilds.</summary>
public sealed class SearchContext(DbContextOptions<SearchContext> options) : DbContext(options)
{
    public const string AddTitle = "20240201000000_AddTitle";
}

[DbContext(typeof(SearchContext))]
[Migration("20240101000000_Create")]
public sealed class CreateSearch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT)");
        migrationBuilder.Sql("CREATE VIRTUAL TABLE docs_fts USING fts5(body, content='docs', content_rowid='id')");
        migrationBuilder.Sql(
            "CREATE TRIGGER docs_ai AFTER INSERT ON docs BEGIN INSERT INTO docs_fts(rowid, body) VALUES (new.id, new.body); END"
        );
    }
}

[DbContext(typeof(SearchContext))]
[Migration(SearchContext.AddTitle)]
public sealed class AddTitleToSearch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<string>("title", "docs", "TEXT", nullable: true);
}

[DbContext(typeof(SearchContext))]
[Migration("20240301000000_RebuildSearch")]
public sealed class RebuildSearch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("INSERT INTO docs_fts(docs_fts) VALUES ('rebuild')");
}
