-- Sends the requests of a file, each thread its own share, and prints the figures that wrk itself does not print.
-- Records are parted by RS (30), their fields by US (31): "plain" US text, or "turns" US version US first US second.
-- In a text @KEY@ becomes a fresh key and @V@ the version of the dossier, which rises by one with every turn.

local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
  thread:set("all", tonumber(os.getenv("BENCH_THREADS")))
end

local function split(text, mark)
  local found = {}
  for part in string.gmatch(text, "([^" .. mark .. "]+)") do found[#found + 1] = part end
  return found
end

function init(args)
  local file = assert(io.open(os.getenv("BENCH_REQUESTS"), "rb"))
  local records = split(file:read("*a"), "\30")
  file:close()
  mine, place, turn, made = {}, 0, 0, 0
  local step = (#records < 2 * all) and 1 or all -- too few to share out: each thread sends all of them
  local first = (step == 1) and 1 or number + 1
  for n = first, #records, step do mine[#mine + 1] = split(records[n], "\31") end
  nonce = os.getenv("BENCH_NONCE") .. "-" .. number .. "-"
end

function request()
  if number == 0 and not looked then -- wrk looks at one request of its first thread and does not send it
    looked = true
    return (string.gsub(mine[1][3] or mine[1][2], "@%u+@", "0"))
  end
  place = place + 1
  if place > #mine then place, turn = 1, turn + 1 end
  made = made + 1
  local record = mine[place]
  local text = record[2]
  if record[1] == "turns" then
    text = (turn % 2 == 0) and record[3] or record[4]
    text = string.gsub(text, "@V@", tostring(tonumber(record[2]) + turn), 1)
  end
  return (string.gsub(text, "@KEY@", nonce .. made, 1))
end

function done(summary, latency, requests)
  io.write(string.format(
    "BENCH %d %d %.1f %.1f %.1f %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(95), latency.max, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
