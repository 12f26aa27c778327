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
            migrationBuilder.Sql(
                """
                CREATE INDEX "IX_document_chunks_search" ON app_meta.document_chunks
                USING gin (to_tsvector('simple', content));
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""DROP INDEX app_meta."IX_document_chunks_search";""");
        }
    }
}
