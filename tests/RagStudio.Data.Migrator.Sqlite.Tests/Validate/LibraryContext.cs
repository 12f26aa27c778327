using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate;

/// <summary>An application with every kind of SQLite object, created by EF and by its own SQL.</summary>
public sealed class LibraryContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(LibraryContext)), Migration(Version)]
public sealed class CreateLibrary : Migration
{
    public const string Version = "20250101000000_CreateLibrary";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "shelves",
            table => new { id = table.Column<long>(), name = table.Column<string>() },
            constraints: table =>
            {
                table.PrimaryKey("PK_shelves", row => row.id);
                table.UniqueConstraint("AK_shelves_name", row => row.name);
            }
        );
        migrationBuilder.CreateTable(
            "books",
            table => new
            {
                id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                title = table.Column<string>(defaultValue: "new"),
                pages = table.Column<long>(nullable: true),
                shelf_id = table.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_books", row => row.id);
                table.CheckConstraint("CK_books_pages", "pages > 0");
                table.ForeignKey(
                    "FK_books_shelves",
                    row => row.shelf_id,
                    "shelves",
                    "id",
                    onDelete: ReferentialAction.Cascade
                );
            }
        );
        migrationBuilder.CreateTable(
            "notes",
            table => new { book_id = table.Column<long>(), text = table.Column<string>(nullable: true) }
        );
        migrationBuilder.CreateIndex("IX_books_shelf_id", "books", "shelf_id");
        migrationBuilder.CreateIndex("IX_books_title", "books", "title", unique: true, filter: "pages > 0");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("books");
        migrationBuilder.DropTable("shelves");
        migrationBuilder.DropTable("notes");
    }
}

/// <summary>The objects for which EF has no operations.</summary>
[DbContext(typeof(LibraryContext)), Migration(Version)]
public sealed class SearchLibrary : Migration
{
    public const string Version = "20250201000000_SearchLibrary";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            CREATE INDEX "IX_books_lower" ON "books" (lower("title") DESC, "id");
            CREATE VIEW "long_books" AS SELECT "title" FROM "books" WHERE "pages" > 500;
            CREATE VIRTUAL TABLE "search" USING fts5(title, content='books', content_rowid='id');
            CREATE TRIGGER "on_book" AFTER INSERT ON "books" BEGIN
                INSERT INTO "search" (rowid, title) VALUES (new.id, new.title);
            END;
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            "DROP TRIGGER on_book; DROP TABLE search; DROP VIEW long_books; DROP INDEX IX_books_lower;"
        );
}
