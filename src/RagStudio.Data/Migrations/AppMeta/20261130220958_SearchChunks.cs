using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RagStudio.Data.Migrations.AppMeta
{
    /// <inheritdoc />
    public partial class SearchChunks : Migration
    {
        // The table of chunks has no integer key, and its hidden row ids change when it is rebuilt or the file is vacuumed:
        // chunk_search_rows gives each chunk a row id of the index that lasts. The index keeps no copy of the text.
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE TABLE "chunk_search_rows" (
                    "id" INTEGER NOT NULL CONSTRAINT "PK_chunk_search_rows" PRIMARY KEY,
                    "chunk_id" TEXT NOT NULL,
                    CONSTRAINT "FK_chunk_search_rows_document_chunks_chunk_id" FOREIGN KEY ("chunk_id")
                        REFERENCES "document_chunks" ("id") ON UPDATE CASCADE ON DELETE CASCADE
                );
                """);

            migrationBuilder.Sql(
                """
                CREATE UNIQUE INDEX "IX_chunk_search_rows_chunk_id" ON "chunk_search_rows" ("chunk_id");
                """);

            migrationBuilder.Sql(
                """
                CREATE VIRTUAL TABLE "chunk_search" USING fts5(
                    "content", content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2'
                );
                """);

            migrationBuilder.Sql(
                """
                INSERT INTO "chunk_search_rows" ("chunk_id") SELECT "id" FROM "document_chunks";
                """);

            migrationBuilder.Sql(
                """
                INSERT INTO "chunk_search" ("rowid", "content")
                SELECT r."id", c."content"
                FROM "chunk_search_rows" AS r JOIN "document_chunks" AS c ON c."id" = r."chunk_id";
                """);

            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_document_chunks_search_insert" AFTER INSERT ON "document_chunks"
                BEGIN
                    INSERT INTO "chunk_search_rows" ("chunk_id") VALUES (new."id");
                    INSERT INTO "chunk_search" ("rowid", "content") VALUES (last_insert_rowid(), new."content");
                END;
                """);

            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_document_chunks_search_update" AFTER UPDATE OF "content" ON "document_chunks"
                BEGIN
                    UPDATE "chunk_search" SET "content" = new."content"
                    WHERE "rowid" = (SELECT "id" FROM "chunk_search_rows" WHERE "chunk_id" = new."id");
                END;
                """);

            // Before: afterwards the foreign key has already deleted the row that names the index's row.
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_document_chunks_search_delete" BEFORE DELETE ON "document_chunks"
                BEGIN
                    DELETE FROM "chunk_search"
                    WHERE "rowid" = (SELECT "id" FROM "chunk_search_rows" WHERE "chunk_id" = old."id");
                    DELETE FROM "chunk_search_rows" WHERE "chunk_id" = old."id";
                END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Only what Up has derived from the chunks is dropped.
            migrationBuilder.Sql("""DROP TRIGGER "TR_document_chunks_search_delete";""");
            migrationBuilder.Sql("""DROP TRIGGER "TR_document_chunks_search_update";""");
            migrationBuilder.Sql("""DROP TRIGGER "TR_document_chunks_search_insert";""");
            migrationBuilder.Sql("""DROP TABLE "chunk_search";""");
            migrationBuilder.Sql("""DROP TABLE "chunk_search_rows";""");
        }
    }
}
