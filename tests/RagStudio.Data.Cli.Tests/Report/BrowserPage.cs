using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RagStudio.Data.Cli.Tests;

/// <summary>A page in a browser, controlled by the DevTools protocol, with one request at a time.</summary>
internal sealed class BrowserPage : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationToken _cancellationToken;
    private string? _session;
    private readonly HashSet<string> _events = [];
    private int _lastId;

    private BrowserPage(CancellationToken cancellationToken) => _cancellationToken = cancellationToken;

    public static async Task<BrowserPage> OpenAsync(Browser browser, CancellationToken cancellationToken)
    {
        var page = new BrowserPage(cancellationToken);
        await page._socket.ConnectAsync(browser.Address, cancellationToken);
        var target = await page.AskAsync("Target.createTarget", new { url = "about:blank" });
        var targetId = target.GetProperty("targetId").GetString();
        var attached = await page.AskAsync("Target.attachToTarget", new { targetId, flatten = true });
        page._session = attached.GetProperty("sessionId").GetString();
        await page.AskAsync("Page.enable", new { });
        return page;
    }

    /// <summary>Shows a file as on a device of the given size and color scheme.</summary>
    public async Task ShowAsync(string file, int width, int height, string scheme)
    {
        var isPhone = width < 600;
        await AskAsync(
            "Emulation.setDeviceMetricsOverride",
            new
            {
                width,
                height,
                deviceScaleFactor = 1,
                mobile = isPhone,
            }
        );
        var features = new[] { new { name = "prefers-color-scheme", value = scheme } };
        await AskAsync("Emulation.setEmulatedMedia", new { features });
        _events.Clear();
        await AskAsync("Page.navigate", new { url = new Uri(file).AbsoluteUri });
        await EventAsync("Page.loadEventFired");
    }

    /// <summary>Evaluates an expression in the page.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        var answer = await AskAsync("Runtime.evaluate", new { expression, returnByValue = true });
        return answer.GetProperty("result").GetProperty("value");
    }

    /// <summary>Takes a screenshot of the visible part, or of the whole page.</summary>
    public async Task<byte[]> ScreenshotAsync(bool whole)
    {
        var answer = await AskAsync("Page.captureScreenshot", new { format = "png", captureBeyondViewport = whole });
        return answer.GetProperty("data").GetBytesFromBase64();
    }

    public void Dispose() => _socket.Dispose();

    private async Task<JsonElement> AskAsync(string method, object parameters)
    {
        var id = ++_lastId;
        var question = new JsonObject
        {
            ["id"] = id,
            ["method"] = method,
            ["params"] = JsonSerializer.SerializeToNode(parameters),
        };
        if (_session is not null)
        {
            question["sessionId"] = _session;
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes(question);
        await _socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, _cancellationToken);
        var answer = await AnswerAsync(id);
        return answer.TryGetProperty("result", out var result)
            ? result
            : throw new InvalidOperationException($"{method}: {answer}");
    }

    // The event may have arrived before the response to the request that caused it.
    private async Task EventAsync(string name)
    {
        while (!_events.Contains(name))
        {
            await ReadAsync();
        }
    }

    private async Task<JsonElement> AnswerAsync(int id)
    {
        while (true)
        {
            var message = await ReadAsync();
            if (message.TryGetProperty("id", out var of) && of.GetInt32() == id)
            {
                return message;
            }
        }
    }

    private async Task<JsonElement> ReadAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(new ArraySegment<byte>(buffer), _cancellationToken);
            message.Write(buffer, 0, part.Count);
        } while (!part.EndOfMessage);
        var read = JsonSerializer.Deserialize<JsonElement>(message.ToArray());
        if (read.TryGetProperty("method", out var method))
        {
            _events.Add(method.GetString()!);
        }

        return read;
    }
}
