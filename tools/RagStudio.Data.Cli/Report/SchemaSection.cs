using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>
/// The tables of each file as a diagram, and its foreign keys as a table for readers who cannot see the
/// diagram.
/// </summary>
internal static class SchemaSection
{
    private static readonly string[] Columns = ["Table", "Columns", "Refers to", "On delete"];

    public static void Write(HtmlWriter html, IReadOnlyList<ReportedFile> files) =>
        Section.Write(
            html,
            "schema",
            "Schema",
            () =>
            {
                html.Element(
                    "p",
                    "PK is a column of the primary key, FK one of a foreign key, ? a column that may be NULL. Arrows point from the referring table to the referenced one.",
                    ("class", "quiet")
                );
                for (var i = 0; i < files.Count; i++)
                {
                    WriteFile(html, files[i], $"diagram{i + 1}");
                }
            }
        );

    private static void WriteFile(HtmlWriter html, ReportedFile file, string id)
    {
        html.Element("h3", file.Title);
        if (file.Schema.Value is not { } schema)
        {
            Section.Note(html, $"The schema could not be read: {file.Schema.Reason}");
        }
        else if (schema.Tables.Count == 0)
        {
            Section.Note(html, "There are no tables yet.");
        }
        else
        {
            WriteSchema(html, file.Title, schema, id);
        }
    }

    private static void WriteSchema(HtmlWriter html, string title, DatabaseSchema schema, string id)
    {
        html.Element(
            "div",
            () => DiagramWriter.Write(html, DiagramLayout.Create(schema), title, id),
            ("class", "diagram"),
            ("role", "region"),
            ("aria-label", $"Diagram of {title}, which scrolls"),
            ("tabindex", "0")
        );
        if (schema.Views.Count > 0)
        {
            var views = string.Join(", ", schema.Views.Select(view => view.Name));
            html.Element("p", $"{ReadableText.Count(schema.Views.Count, "view")}: {views}.", ("class", "quiet"));
        }

        WriteForeignKeys(html, title, schema);
    }

    private static void WriteForeignKeys(HtmlWriter html, string title, DatabaseSchema schema)
    {
        var rows = (
            from table in schema.Tables
            from key in table.ForeignKeys
            let target = $"{key.ParentTable} ({string.Join(", ", key.ParentColumns)})"
            select new[] { table.Name, string.Join(", ", key.Columns), target, key.OnDelete.ToLowerInvariant() }
        ).ToArray();
        if (rows.Length == 0)
        {
            return;
        }

        html.Element(
            "details",
            () =>
            {
                html.Element("summary", $"{ReadableText.Count(rows.Length, "foreign key")} as text");
                HtmlTable.Write(html, $"The foreign keys of {title}", Columns, rows);
            }
        );
    }
}
