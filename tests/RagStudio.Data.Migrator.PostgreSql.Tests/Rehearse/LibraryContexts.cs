using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>
/// Books of authors, whose tables refer to each other and to themselves, with what makes copying hard: generated and
/// identity columns, types of its own, partitions, a trigger.
/// </summary>
public sealed class OldLibrary(DbContextOptions<OldLibrary> options) : DbContext(options);

[DbContext(typeof(OldLibrary)), Migration(CreateLibrary.Version)]
public sealed class OldCreateLibrary : CreateLibrary;

/// <summary>The second release removes a column.</summary>
public sealed class NewLibrary(DbContextOptions<NewLibrary> options) : DbContext(options);

[DbContext(typeof(NewLibrary)), Migration(CreateLibrary.Version)]
public sealed class NewCreateLibrary : CreateLibrary;

[DbContext(typeof(NewLibrary)), Migration(Version), RemovesRows("loans", AtMost = long.MaxValue)]
public sealed class AddAuthor : Migration
{
    public const string Version = "20260102000000_AddAuthor";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            INSERT INTO authors (name) VALUES ('new');
            INSERT INTO loans (on_day, book_id) SELECT '2026-02-01', id FROM books ORDER BY id DESC LIMIT 1;
            ALTER TABLE books ADD COLUMN pages int NOT NULL DEFAULT 1;
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn("pages", "books");
}

/// <summary>A release that only rows refuse: a title is missing, two are the same.</summary>
public sealed class StrictLibrary(DbContextOptions<StrictLibrary> options) : DbContext(options);

[DbContext(typeof(StrictLibrary)), Migration(CreateLibrary.Version)]
public sealed class StrictCreateLibrary : CreateLibrary;

[DbContext(typeof(StrictLibrary)), Migration("20260102000000_DemandTitles")]
public sealed class DemandTitles : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            "ALTER TABLE books ALTER COLUMN title SET NOT NULL; CREATE UNIQUE INDEX ux_books_title ON books (title)"
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE books ALTER COLUMN title DROP NOT NULL; DROP INDEX ux_books_title");
}

/// <summary>A release that rewrites the books.</summary>
public sealed class RewritingLibrary(DbContextOptions<RewritingLibrary> options) : DbContext(options);

[DbContext(typeof(RewritingLibrary)), Migration(CreateLibrary.Version)]
public sealed class RewritingCreateLibrary : CreateLibrary;

[DbContext(typeof(RewritingLibrary)), Migration("20260102000000_AddKeys")]
public sealed class AddKeys : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE books ADD COLUMN key uuid DEFAULT gen_random_uuid()");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn("key", "books");
}

[DbContext(typeof(RewritingLibrary)), Migration("20260103000000_AddPages")]
public sealed class AddPages : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<int>("pages", "books", nullable: true);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn("pages", "books");
}

/// <summary>A release that changes what all databases of the server share, within a transaction and outside.</summary>
public sealed class SharingLibrary(DbContextOptions<SharingLibrary> options) : DbContext(options);

[DbContext(typeof(SharingLibrary)), Migration(CreateLibrary.Version)]
public sealed class SharingCreateLibrary : CreateLibrary;

[DbContext(typeof(SharingLibrary)), Migration("20260102000000_AddReader")]
public sealed class AddReader : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DO $$ BEGIN CREATE ROLE library_reader; END $$; GRANT SELECT ON books TO library_reader");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP OWNED BY library_reader");
}

/// <summary>A release that creates another database.</summary>
public sealed class ArchivingLibrary(DbContextOptions<ArchivingLibrary> options) : DbContext(options);

[DbContext(typeof(ArchivingLibrary)), Migration(CreateLibrary.Version)]
public sealed class ArchivingCreateLibrary : CreateLibrary;

[DbContext(typeof(ArchivingLibrary)), Migration("20260102000000_AddArchive")]
public sealed class AddArchive : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE DATABASE library_archive", suppressTransaction: true);

    protected override void Down(MigrationBuilder migrationBuilder) { }
}

public abstract class CreateLibrary : Migration
{
    public const string Version = "20260101000000_CreateLibrary";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            CREATE TYPE mood AS ENUM ('good', 'bad');
            CREATE TABLE authors (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                name text NOT NULL,
                upper_name text GENERATED ALWAYS AS (upper(name)) STORED,
                moods mood[] NOT NULL DEFAULT '{good}',
                best_book_id bigint
            );
            CREATE TABLE books (
                id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
                title text,
                author_id bigint NOT NULL REFERENCES authors,
                sequel_of bigint REFERENCES books
            );
            ALTER TABLE authors ADD FOREIGN KEY (best_book_id) REFERENCES books;
            CREATE TABLE loans (on_day date NOT NULL, book_id bigint NOT NULL REFERENCES books, note text)
                PARTITION BY RANGE (on_day);
            CREATE TABLE loans_of_january PARTITION OF loans FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
            CREATE TABLE loans_of_february PARTITION OF loans FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
            CREATE FUNCTION count_loans() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN INSERT INTO authors (name) VALUES (''of the trigger''); RETURN NULL; END';
            CREATE TRIGGER count_loans AFTER INSERT ON loans FOR EACH ROW EXECUTE FUNCTION count_loans();
            CREATE MATERIALIZED VIEW titles AS SELECT title FROM books;
            INSERT INTO authors (name) VALUES ('of the migration');
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP TABLE loans, books, authors CASCADE; DROP TYPE mood; DROP FUNCTION count_loans");
}
