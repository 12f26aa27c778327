using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RagStudio.Data.PostgreSql.Migrations.AppMeta
{
    /// <inheritdoc />
    public partial class SearchChunks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The configuration "simple" compares words as they are written, in any language.
            // It is stored, for the rank and a search without the index would parse the text of each row anew.
            migrationBuilder.Sql(
                """
                ALTER TABLE app_meta.document_chunks
                ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple', content)) STORED;
                """);

            migrationBuilder.Sql(
                """
                CREATE INDEX "IX_document_chunks_search" ON app_meta.document_chunks USING gin (search);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Only what Up has derived from the text is dropped.
            migrationBuilder.Sql("""DROP INDEX app_meta."IX_document_chunks_search";""");
            migrationBuilder.Sql("""ALTER TABLE app_meta.document_chunks DROP COLUMN search;""");
        }
    }
}
