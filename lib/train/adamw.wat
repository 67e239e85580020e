;; The arithmetic of a step of AdamW over arrays of float32, four numbers at a time.
;; adamw.wasm is made of this by wabt; a test makes it again and compares.
(module
  ;; Room for four arrays of 16,384 numbers: parameter, gradient, first and second moment.
  (memory (export "memory") 4 4)

  ;; The sum of squares of the numbers from $x, so many bytes of them, added up in float64.
  (func (export "squaredNorm") (param $x i32) (param $bytes i32) (result f64)
    (local $end i32) (local $squares v128) (local $low v128) (local $high v128)
    (local.set $end (i32.add (local.get $x) (local.get $bytes)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $x) (local.get $end)))
        (local.set $squares (v128.load (local.get $x)))
        (local.set $high (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15
          (local.get $squares) (local.get $squares)))
        (local.set $squares (f64x2.promote_low_f32x4 (local.get $squares)))
        (local.set $high (f64x2.promote_low_f32x4 (local.get $high)))
        (local.set $low (f64x2.add (local.get $low)
          (f64x2.add
            (f64x2.mul (local.get $squares) (local.get $squares))
            (f64x2.mul (local.get $high) (local.get $high)))))
        (local.set $x (i32.add (local.get $x) (i32.const 16)))
        (br $next)))
    (f64.add (f64x2.extract_lane 0 (local.get $low)) (f64x2.extract_lane 1 (local.get $low))))

  ;; For the numbers from $p, so many bytes of them, with gradient g, moments m and v:
  ;; g' = g scale; m += new1 (g' - m); v = keep2 v + new2 g'²; p = keep p - size m / (√v correction + epsilon)
  (func (export "update")
    (param $p i32) (param $g i32) (param $m i32) (param $v i32) (param $bytes i32)
    (param $scale f32) (param $new1 f32) (param $keep2 f32) (param $new2 f32)
    (param $size f32) (param $correction f32) (param $epsilon f32) (param $keep f32)
    (local $end i32) (local $G v128) (local $M v128) (local $V v128)
    (local.set $end (i32.add (local.get $p) (local.get $bytes)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $p) (local.get $end)))
        (local.set $G (f32x4.mul (v128.load (local.get $g)) (f32x4.splat (local.get $scale))))
        (local.set $M (v128.load (local.get $m)))
        (local.set $M (f32x4.add (local.get $M)
          (f32x4.mul (f32x4.splat (local.get $new1)) (f32x4.sub (local.get $G) (local.get $M)))))
        (local.set $V (f32x4.add
          (f32x4.mul (f32x4.splat (local.get $keep2)) (v128.load (local.get $v)))
          (f32x4.mul (f32x4.splat (local.get $new2)) (f32x4.mul (local.get $G) (local.get $G)))))
        (v128.store (local.get $m) (local.get $M))
        (v128.store (local.get $v) (local.get $V))
        (v128.store (local.get $p)
          (f32x4.sub
            (f32x4.mul (v128.load (local.get $p)) (f32x4.splat (local.get $keep)))
            (f32x4.div
              (f32x4.mul (f32x4.splat (local.get $size)) (local.get $M))
              (f32x4.add
                (f32x4.mul (f32x4.sqrt (local.get $V)) (f32x4.splat (local.get $correction)))
                (f32x4.splat (local.get $epsilon))))))
        (local.set $p (i32.add (local.get $p) (i32.const 16)))
        (local.set $g (i32.add (local.get $g) (i32.const 16)))
        (local.set $m (i32.add (local.get $m) (i32.const 16)))
        (local.set $v (i32.add (local.get $v) (i32.const 16)))
        (br $next)))))
