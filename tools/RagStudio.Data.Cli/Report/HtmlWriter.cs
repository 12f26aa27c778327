using System.Text;

namespace RagStudio.Data.Cli;

/// <summary>
/// Writes a page that is both HTML and well-formed XML. All text and values are encoded: markup cannot be
/// injected.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _page = new("<!DOCTYPE html>\n");
    private readonly Stack<string> _open = new();

    /// <summary>Writes an element with content.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">Writes its content.</param>
    /// <param name="attributes">Its attributes.</param>
    public void Element(string name, Action content, params (string Name, string Value)[] attributes)
    {
        Start(name, attributes).Append('>');
        _open.Push(name);
        content();
        _page.Append("</").Append(_open.Pop()).Append('>');
        EndLine(name);
    }

    /// <summary>Writes an element with text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">Its text.</param>
    /// <param name="attributes">Its attributes.</param>
    public void Element(string name, string text, params (string Name, string Value)[] attributes) =>
        Element(name, () => Text(text), attributes);

    /// <summary>Writes an element that never has content, such as <c>meta</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="attributes">Its attributes.</param>
    public void Void(string name, params (string Name, string Value)[] attributes)
    {
        Start(name, attributes).Append("/>");
        EndLine(name);
    }

    /// <summary>Writes text.</summary>
    public void Text(string text) => _page.Append(HtmlText.Encode(text));

    /// <summary>Writes the page's style sheet unchanged, so its hash is that of the resource.</summary>
    public void Style(StyleSheet sheet) => _page.Append("<style>").Append(sheet.Text).Append("</style>\n");

    /// <summary>Returns the page.</summary>
    /// <exception cref="InvalidOperationException">An element is still open.</exception>
    public override string ToString() =>
        _open.Count == 0 ? _page.ToString() : throw new InvalidOperationException($"<{_open.Peek()}> is open.");

    private StringBuilder Start(string name, (string Name, string Value)[] attributes)
    {
        _page.Append('<').Append(name);
        foreach (var (attribute, value) in attributes)
        {
            _page.Append(' ').Append(attribute).Append("=\"").Append(HtmlText.Encode(value)).Append('"');
        }

        return _page;
    }

    // A line break between two inline elements would be rendered as a space.
    private void EndLine(string name)
    {
        if (name is not ("span" or "code" or "time" or "strong" or "title" or "text" or "tspan" or "a"))
        {
            _page.Append('\n');
        }
    }
}
